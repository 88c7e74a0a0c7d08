import { DomainError, type DecisionContext, type Said } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerEvent } from '../events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { ApproveRequest, RequestedCommand } from './commands.ts';
import type { RequestApproved } from './events.ts';
import { checkPending, knownRequest } from './requests.ts';

/** The rules of the command that was asked for. */
type Rules = (command: RequestedCommand, state: LedgerState, context: DecisionContext) => readonly LedgerEvent[];

/**
 * Four eyes: never by who asked. What was asked for is decided anew on the ledger as it stands, with the approver as its actor, as of the
 * day asked for; when it is refused, so is the approval, and the request waits on.
 */
export function approveRequest(
  { requestId }: ApproveRequest,
  state: LedgerState,
  context: DecisionContext,
  decide: Rules,
): readonly Said<LedgerEvent>[] {
  const request = knownRequest(state.fourEyes, requestId);
  checkEffectiveDay(context, request);
  checkPending(request);
  if (request.requestedBy === context.actor) throw new DomainError('SELF_APPROVAL', { requestId });
  const { companyId, command, requestedBy, effectiveAt, reason, evidence } = request;
  const stream = streamOf.request(requestId);
  const data = { requestId, companyId, command: command.type, requestedBy };
  const approved: RequestApproved = { type: 'RequestApproved', stream, data };
  const said = { effectiveAt, reason, evidence, causationId: stream };
  const events = decide(command, state, { ...context, ...said });
  return [approved, ...events.map((event) => ({ ...event, said }))];
}
