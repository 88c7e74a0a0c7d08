import type { DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { checkCapacity } from '../site/capacity-gate.ts';
import { siteOfCompany } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { ResiteTranche } from './commands.ts';
import type { TrancheResited } from './events.ts';
import { knownOrderOfTranche, openTranche } from './state.ts';

/** What is open goes to another site of the company entitled to it. */
export function resiteTranche(command: ResiteTranche, state: LedgerState, context: DecisionContext): [TrancheResited] {
  const { orderId, trancheId, siteId: toSiteId } = command;
  const order = knownOrderOfTranche(state.orders, orderId, trancheId);
  checkEffectiveDay(context, order);
  const { companyId, siteId: fromSiteId, openUnits: quantity, expectedDate } = openTranche(order, trancheId);
  siteOfCompany(state.sites, toSiteId, companyId);
  checkCapacity(state.sites, context.effectiveAt, [
    { siteId: fromSiteId, from: expectedDate, units: -quantity },
    { siteId: toSiteId, from: expectedDate, units: quantity },
  ]);
  const { skuId } = order.terms;
  const data = { orderId, trancheId, companyId, skuId, quantity, fromSiteId, toSiteId, expectedDate };
  return [{ type: 'TrancheResited', stream: streamOf.order(orderId), data }];
}
