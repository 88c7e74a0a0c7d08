import { DomainError, exactProduct, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { FundsConsumed } from '../funds/events.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { ExposureChanged, RedirectionLegDelivered } from '../redirection/events.ts';
import { slipsOf } from '../slip.ts';
import { streamOf } from '../streams.ts';
import type { AcceptReceipt } from './commands.ts';
import type { ReceiptAccepted } from './events.ts';
import { knownShipment, type ShipmentAtDock } from './state.ts';

type ReceiptEvent = ReceiptAccepted | FundsConsumed | RedirectionLegDelivered | ExposureChanged;

/** Accepted units stand at the site as a lot, are paid, delivered on their leg, and owed to whom they were redirected from. */
export function acceptReceipt(
  command: AcceptReceipt,
  state: LedgerState,
  context: DecisionContext,
): readonly ReceiptEvent[] {
  const { shipmentId, accepted, rejected = 0 } = command;
  const shipment = knownShipment(state.shipments, shipmentId);
  checkEffectiveDay(context, shipment);
  if (shipment.status !== 'atDock') throw new DomainError('NOT_AT_DOCK', { shipmentId, status: shipment.status });
  const { countedUnits } = shipment;
  if (accepted + rejected !== countedUnits) {
    throw new DomainError('COUNT_MISMATCH', { shipmentId, accepted, rejected, countedUnits });
  }
  return [
    receiptAccepted(shipment, accepted, rejected, context),
    ...fundsConsumed(shipment, accepted),
    ...legDelivered(shipment, accepted),
    ...exposureChanged(shipment, accepted),
  ];
}

function receiptAccepted(
  shipment: ShipmentAtDock,
  accepted: number,
  rejected: number,
  { effectiveAt }: DecisionContext,
): ReceiptAccepted {
  const { shipmentId, orderId, trancheId, companyId, skuId, siteId, unitPriceCents, expectedDate } = shipment;
  const units = { companyId, skuId, quantity: accepted, unitPriceCents };
  return {
    type: 'ReceiptAccepted',
    stream: streamOf.shipment(shipmentId),
    data: {
      ...{ shipmentId, orderId, trancheId, companyId, skuId, siteId, unitPriceCents, expectedDate },
      ...{ counted: shipment.countedUnits, accepted, rejected },
      slips: slipsOf('arrival', expectedDate, effectiveAt, units),
    },
  };
}

function fundsConsumed(shipment: ShipmentAtDock, accepted: number): readonly FundsConsumed[] {
  const { shipmentId, orderId, companyId, unitPriceCents } = shipment;
  const amountCents = exactProduct(accepted, unitPriceCents);
  if (amountCents === 0) return [];
  const data = { companyId, orderId, shipmentId, amountCents };
  return [{ type: 'FundsConsumed', stream: streamOf.funds(companyId), data }];
}

function legDelivered({ shipmentId, leg }: ShipmentAtDock, accepted: number): readonly RedirectionLegDelivered[] {
  if (leg === null || accepted === 0) return [];
  const data = { ...leg, shipmentId, quantity: accepted };
  return [{ type: 'RedirectionLegDelivered', stream: streamOf.redirection(leg.redirectionId), data }];
}

/** Units that came back to where they came from owe nothing. */
function exposureChanged(shipment: ShipmentAtDock, accepted: number): readonly ExposureChanged[] {
  const { shipmentId, skuId, companyId: debtorId, originCompanyId: creditorId } = shipment;
  if (debtorId === creditorId || accepted === 0) return [];
  const data = { debtorId, creditorId, skuId, units: accepted, shipmentId };
  return [{ type: 'ExposureChanged', stream: streamOf.exposure(debtorId, creditorId), data }];
}
