import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { RejectRequest, WithdrawRequest } from './commands.ts';
import type { RequestRejected, RequestWithdrawn } from './events.ts';
import { checkPending, knownRequest, type CommandRequest } from './requests.ts';

/** By anyone who might approve it; who asked may: nothing happens by it. */
export function rejectRequest(
  { requestId }: RejectRequest,
  state: LedgerState,
  context: DecisionContext,
): [RequestRejected] {
  const request = pendingRequest(requestId, state, context);
  return [{ type: 'RequestRejected', stream: streamOf.request(requestId), data: decided(request) }];
}

/** By who asked alone. */
export function withdrawRequest(
  { requestId }: WithdrawRequest,
  state: LedgerState,
  context: DecisionContext,
): [RequestWithdrawn] {
  const request = pendingRequest(requestId, state, context);
  if (request.requestedBy !== context.actor) throw new DomainError('NOT_THE_REQUESTER', { requestId });
  return [{ type: 'RequestWithdrawn', stream: streamOf.request(requestId), data: decided(request) }];
}

function pendingRequest(requestId: string, { fourEyes }: LedgerState, context: DecisionContext): CommandRequest {
  const request = knownRequest(fourEyes, requestId);
  checkEffectiveDay(context, request);
  checkPending(request);
  return request;
}

function decided({ requestId, companyId, command, requestedBy }: CommandRequest): RequestRejected['data'] {
  return { requestId, companyId, command: command.type, requestedBy };
}
