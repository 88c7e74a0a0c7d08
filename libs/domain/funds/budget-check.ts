import { compareExact, DomainError, exactSum, type ExactInteger, type Id } from '#libs/kernel';
import { accountOf, type FundsState } from './state.ts';

/** Throws `BUDGET_MISSING`, or `BUDGET_EXCEEDED` when committed + consumed + `addedCents` would pass the company's limits. */
export function checkBudget(state: FundsState, companyId: Id, addedCents: ExactInteger): void {
  const { limitCents, committedCents, consumedCents } = accountOf(state, companyId);
  if (limitCents === null) throw new DomainError('BUDGET_MISSING', { companyId });
  if (compareExact(exactSum(committedCents, consumedCents, addedCents), limitCents) > 0) {
    throw new DomainError('BUDGET_EXCEEDED', { companyId, limitCents, committedCents, consumedCents, addedCents });
  }
}
