import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { RejectAmendment, WithdrawAmendment } from './commands.ts';
import type { AmendmentRejected, AmendmentWithdrawn } from './events.ts';
import { orderOf } from './facts.ts';
import { checkWithSupplier, knownAmendment } from './state.ts';

/** By the supplier, once it is with the supplier. */
export function rejectAmendment(
  { amendmentId }: RejectAmendment,
  state: LedgerState,
  context: DecisionContext,
): [AmendmentRejected] {
  const amendment = knownAmendment(state.amendments, amendmentId);
  checkEffectiveDay(context, amendment);
  checkWithSupplier(amendment);
  const stream = streamOf.amendment(amendmentId);
  return [{ type: 'AmendmentRejected', stream, data: orderOf(amendment.terms) }];
}

/** By the ordering company, as long as nobody has decided: also to refuse it its approval. */
export function withdrawAmendment(
  { amendmentId }: WithdrawAmendment,
  state: LedgerState,
  context: DecisionContext,
): [AmendmentWithdrawn] {
  const amendment = knownAmendment(state.amendments, amendmentId);
  checkEffectiveDay(context, amendment);
  const { status, terms } = amendment;
  if (status !== 'proposed' && status !== 'approved') {
    throw new DomainError('AMENDMENT_NOT_PROPOSED', { amendmentId, status });
  }
  return [{ type: 'AmendmentWithdrawn', stream: streamOf.amendment(amendmentId), data: orderOf(terms) }];
}
