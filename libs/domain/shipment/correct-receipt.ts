import { DomainError, exactProduct, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { idleUnits } from '../stock/state.ts';
import { streamOf } from '../streams.ts';
import type { CorrectReceipt } from './commands.ts';
import type { ReceiptCorrected } from './events.ts';
import { factsOf } from './facts.ts';
import { acceptedShipment, knownShipment, type AcceptedShipment } from './state.ts';

/** Never edits: from its own day on, units move between accepted and short, with their lot, money, leg and exposure. */
export function correctReceipt(
  command: CorrectReceipt,
  state: LedgerState,
  context: DecisionContext,
): [ReceiptCorrected] {
  const { shipmentId, delta, reason } = command;
  const shipment = acceptedShipment(knownShipment(state.shipments, shipmentId));
  if (delta === 0) throw new DomainError('NO_CHANGE', { shipmentId });
  checkUnits(shipment, delta, state);
  checkEffectiveDay(context);
  const { acceptedOn, unitPriceCents, leg, originCompanyId } = shipment;
  const { effectiveAt } = context;
  if (effectiveAt < acceptedOn) throw new DomainError('BEFORE_RECEIPT', { shipmentId, effectiveAt, acceptedOn });
  const amountCents = exactProduct(delta, unitPriceCents);
  return [
    {
      type: 'ReceiptCorrected',
      stream: streamOf.shipment(shipmentId),
      data: { ...factsOf(shipment), delta, reason, amountCents, leg, originCompanyId },
    },
  ];
}

/** A plus takes what is short; a minus takes units that the receiver still has where it received them, not energised. */
function checkUnits(shipment: AcceptedShipment, delta: number, { stock }: LedgerState): void {
  const { shipmentId, shortUnits, overUnits, companyId, siteId } = shipment;
  if (overUnits > 0 || delta > shortUnits) {
    throw new DomainError('OVER_DELIVERY', { shipmentId, delta, shortUnits, overUnits });
  }
  const thereUnits = idleUnits(stock.get(shipmentId), companyId, siteId);
  if (-delta > thereUnits) throw new DomainError('UNITS_NOT_THERE', { lotId: shipmentId, siteId, delta, thereUnits });
}
