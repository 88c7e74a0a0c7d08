import { DomainError, type DecisionContext, type Id } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { approvedTranche, knownOrderOfTranche, type OrderTerms, type Tranche } from '../order/state.ts';
import { slipsOf } from '../slip.ts';
import { streamOf } from '../streams.ts';
import type { DispatchShipment } from './commands.ts';
import type { ShipmentDispatched } from './events.ts';

/** Takes over company, billing, site, leg and origin from the tranche. */
export function dispatchShipment(
  command: DispatchShipment,
  state: LedgerState,
  context: DecisionContext,
): [ShipmentDispatched] {
  const { shipmentId, orderId, trancheId, quantity } = command;
  // Shipments and lots are one kind of thing: an accepted shipment becomes the lot of its id.
  if (state.shipments.has(shipmentId) || state.stock.has(shipmentId)) {
    throw new DomainError('ALREADY_EXISTS', { shipmentId });
  }
  const order = knownOrderOfTranche(state.orders, orderId, trancheId);
  checkEffectiveDay(context, order);
  const tranche = approvedTranche(order, trancheId);
  if (quantity > tranche.openUnits) {
    throw new DomainError('MORE_THAN_OPEN', { orderId, trancheId, quantity, openUnits: tranche.openUnits });
  }
  if (tranche.siteId === null) throw new DomainError('NO_DESTINATION', { orderId, trancheId });
  return [dispatched(command, order.terms, tranche, tranche.siteId)];
}

function dispatched(command: DispatchShipment, terms: OrderTerms, tranche: Tranche, siteId: Id): ShipmentDispatched {
  const { shipmentId, orderId, trancheId, quantity, eta, asn = null } = command;
  const { companyId, unitPriceCents, leg, originCompanyId, expectedDate: previousExpectedDate } = tranche;
  const { skuId, supplierId, companyId: orderingCompanyId } = terms;
  return {
    type: 'ShipmentDispatched',
    stream: streamOf.shipment(shipmentId),
    data: {
      ...{ shipmentId, orderId, trancheId, companyId, skuId, siteId, unitPriceCents, orderingCompanyId, supplierId },
      ...{ quantity, eta, previousExpectedDate, asn, leg, originCompanyId },
      slips: slipsOf('dispatch', previousExpectedDate, eta, { companyId, skuId, quantity, unitPriceCents }),
    },
  };
}
