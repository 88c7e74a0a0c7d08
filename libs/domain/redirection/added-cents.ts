import { exactNegative, exactProduct, exactSum, type ExactInteger, type Id } from '#libs/kernel';
import type { LedgerState } from '../ledger-state.ts';
import type { ProposedLeg } from './events.ts';
import { crossesCompanies } from './status.ts';

/** What the legs as proposed add to the committed money of the company, net; negative when it gives more than it gets. */
export function addedCents(legs: readonly ProposedLeg[], companyId: Id, state: LedgerState): ExactInteger {
  const amounts = legs.filter(crossesCompanies).map((leg) => {
    const cents = exactProduct(leg.quantity, unitPriceCents(leg, state));
    if (leg.toCompanyId === companyId) return cents;
    return leg.fromCompanyId === companyId ? exactNegative(cents) : 0;
  });
  return exactSum(...amounts);
}

/** Of a shipment it never changes, and a tranche at another price is no longer what the leg was proposed for. */
function unitPriceCents({ shipmentId, orderId, trancheId }: ProposedLeg, { orders, shipments }: LedgerState): number {
  if (shipmentId !== null) return shipments.get(shipmentId)?.unitPriceCents ?? 0;
  const order = orders.get(orderId);
  return order?.status === 'approved' ? (order.tranches.get(trancheId)?.unitPriceCents ?? 0) : 0;
}
