import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { streamOf } from '../streams.ts';
import type { SetApprovalLimit } from './commands.ts';
import type { ApprovalLimitSet } from './events.ts';
import { limitSet } from './limits.ts';

/** Nobody says of themselves how much they may approve. */
export function setApprovalLimit(
  command: SetApprovalLimit,
  state: LedgerState,
  context: DecisionContext,
): [ApprovalLimitSet] {
  const { companyId, approver = null, limitCents } = command;
  knownCompany(state.parties, companyId);
  checkEffectiveDay(context);
  if (approver === context.actor) throw new DomainError('SELF_APPROVAL', { companyId });
  const previousLimitCents = limitSet(state.limits, companyId, approver);
  if (limitCents === previousLimitCents) throw new DomainError('NO_CHANGE', { companyId, limitCents });
  const data = { companyId, approver, limitCents, previousLimitCents };
  return [{ type: 'ApprovalLimitSet', stream: streamOf.limits(companyId), data }];
}
