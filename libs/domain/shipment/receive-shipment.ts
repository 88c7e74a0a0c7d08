import { DomainError, exactProduct, type DecisionContext, type ExactInteger } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import { checkBudget } from '../funds/budget-check.ts';
import type { FundsCommitted } from '../funds/events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { siteOfCompany } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { ReceiveShipment } from './commands.ts';
import type { ShipmentReceived } from './events.ts';
import { inTransit, knownShipment, type ShipmentInTransit } from './state.ts';

/** The missing rest is short; a surplus is taken only when asked for, and then committed. */
export function receiveShipment(
  command: ReceiveShipment,
  state: LedgerState,
  context: DecisionContext,
): readonly (ShipmentReceived | FundsCommitted)[] {
  const { shipmentId, siteId, counted, acceptOver = false } = command;
  const known = knownShipment(state.shipments, shipmentId);
  siteOfCompany(state.sites, siteId, known.companyId);
  checkEffectiveDay(context, known);
  const shipment = inTransit(known);
  if (siteId !== shipment.siteId) throw new DomainError('WRONG_SITE', { siteId, expectedSiteId: shipment.siteId });
  const over = Math.max(0, counted - shipment.shippedUnits);
  if (over > 0 && !acceptOver) {
    throw new DomainError('OVER_DELIVERY', { shipmentId, counted, shippedUnits: shipment.shippedUnits });
  }
  const surplusCents = exactProduct(over, shipment.unitPriceCents);
  if (over > 0) checkBudget(state.funds, shipment.companyId, surplusCents);
  const events = [received(shipment, counted, over)];
  return surplusCents === 0 ? events : [...events, committed(shipment, surplusCents)];
}

function received(shipment: ShipmentInTransit, counted: number, over: number): ShipmentReceived {
  const { shipmentId, orderId, trancheId, companyId, skuId, siteId, unitPriceCents, expectedDate } = shipment;
  const shipped = shipment.shippedUnits;
  return {
    type: 'ShipmentReceived',
    stream: streamOf.shipment(shipmentId),
    data: {
      ...{ shipmentId, orderId, trancheId, companyId, skuId, siteId, unitPriceCents, expectedDate },
      ...{ shipped, counted, short: shipped - counted + over, over },
    },
  };
}

function committed({ shipmentId, orderId, companyId }: ShipmentInTransit, amountCents: ExactInteger): FundsCommitted {
  return {
    type: 'FundsCommitted',
    stream: streamOf.funds(companyId),
    data: { companyId, orderId, shipmentId, amountCents },
  };
}
