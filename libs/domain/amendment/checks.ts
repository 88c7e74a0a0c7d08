import { compareExact, type Day } from '#libs/kernel';
import { checkBudget } from '../funds/budget-check.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownOrder } from '../order/state.ts';
import { checkCapacity } from '../site/capacity-gate.ts';
import type { AmendmentProposed } from './events.ts';
import { loadChanges, unchangedTranches, type ChangedTranche } from './terms.ts';

/**
 * What an amendment needs to be approved, and again to take effect. Throws, in this order, `AMENDMENT_CHANGED`, `BUDGET_MISSING`,
 * `BUDGET_EXCEEDED` (where it costs more), `SITE_CAPACITY_EXCEEDED`.
 */
export function checkedChanges(
  terms: AmendmentProposed['data'],
  { orders, funds, sites }: LedgerState,
  effectiveAt: Day,
): readonly ChangedTranche[] {
  const changed = unchangedTranches(terms, knownOrder(orders, terms.orderId));
  if (compareExact(terms.addedCents, 0) > 0) checkBudget(funds, terms.companyId, terms.addedCents);
  checkCapacity(sites, effectiveAt, loadChanges(changed, terms.newTranches));
  return changed;
}
