import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkApprovalLimit } from '../approval/limits.ts';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import { checkedChanges } from './checks.ts';
import type { ApproveAmendment } from './commands.ts';
import type { AmendmentApproved } from './events.ts';
import { orderOf } from './facts.ts';
import { knownAmendment } from './state.ts';

/** Four eyes: never by the proposer, and only up to what the approver may commit. The money is committed when the supplier confirms. */
export function approveAmendment(
  { amendmentId }: ApproveAmendment,
  state: LedgerState,
  context: DecisionContext,
): [AmendmentApproved] {
  const { status, proposedBy, terms, ...amendment } = knownAmendment(state.amendments, amendmentId);
  checkEffectiveDay(context, amendment);
  if (status !== 'proposed') throw new DomainError('AMENDMENT_NOT_PROPOSED', { amendmentId, status });
  if (proposedBy === context.actor) throw new DomainError('SELF_APPROVAL', { amendmentId });
  checkApprovalLimit(state.limits, terms.companyId, context.actor, terms.addedCents);
  checkedChanges(terms, state, context.effectiveAt);
  return [{ type: 'AmendmentApproved', stream: streamOf.amendment(amendmentId), data: orderOf(terms) }];
}
