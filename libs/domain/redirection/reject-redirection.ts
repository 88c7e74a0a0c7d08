import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { streamOf } from '../streams.ts';
import type { RejectRedirection, WithdrawRedirection } from './commands.ts';
import type { RedirectionRejected, RedirectionWithdrawn } from './events.ts';
import { knownRedirection, type Redirection } from './state.ts';

/** By any company that would have to approve it. */
export function rejectRedirection(
  { redirectionId, companyId }: RejectRedirection,
  state: LedgerState,
  context: DecisionContext,
): [RedirectionRejected] {
  const redirection = knownRedirection(state.redirections, redirectionId);
  knownCompany(state.parties, companyId);
  checkEffectiveDay(context, redirection);
  checkProposed(redirection);
  if (!redirection.parties.includes(companyId)) throw new DomainError('NOT_A_PARTY', { redirectionId, companyId });
  const stream = streamOf.redirection(redirectionId);
  return [{ type: 'RedirectionRejected', stream, data: { redirectionId, companyId } }];
}

/** By the proposer alone. */
export function withdrawRedirection(
  { redirectionId }: WithdrawRedirection,
  state: LedgerState,
  context: DecisionContext,
): [RedirectionWithdrawn] {
  const redirection = knownRedirection(state.redirections, redirectionId);
  checkEffectiveDay(context, redirection);
  checkProposed(redirection);
  if (redirection.proposedBy !== context.actor) throw new DomainError('NOT_THE_PROPOSER', { redirectionId });
  return [{ type: 'RedirectionWithdrawn', stream: streamOf.redirection(redirectionId), data: { redirectionId } }];
}

function checkProposed({ redirectionId, status }: Redirection): void {
  if (status !== 'proposed') throw new DomainError('REDIRECTION_NOT_PROPOSED', { redirectionId, status });
}
