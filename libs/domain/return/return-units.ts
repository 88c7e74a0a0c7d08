import { DomainError, exactProduct, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { acceptedShipment, knownShipment, type AcceptedShipment } from '../shipment/state.ts';
import { idleUnits } from '../stock/state.ts';
import { streamOf } from '../streams.ts';
import type { ReturnUnits } from './commands.ts';
import type { UnitsReturned } from './events.ts';

/** Rejected units go back as they are; wrong ones that were accepted by mistake are rejected by going back. */
export function returnUnits(command: ReturnUnits, state: LedgerState, context: DecisionContext): [UnitsReturned] {
  const { returnId, shipmentId, quantity, reason } = command;
  const known = knownShipment(state.shipments, shipmentId);
  checkEffectiveDay(context, known, reason === 'wrong' ? state.stock.get(shipmentId) : undefined);
  if (state.returns.has(returnId)) throw new DomainError('ALREADY_EXISTS', { returnId });
  const shipment = acceptedShipment(known);
  if (reason === 'wrong') checkThere(shipment, quantity, state);
  else checkRejected(shipment, quantity);
  const { orderId, trancheId, companyId, supplierId, skuId, siteId, leg, originCompanyId } = shipment;
  const acceptedUnits = reason === 'wrong' ? quantity : 0;
  return [
    {
      type: 'UnitsReturned',
      stream: streamOf.return(returnId),
      data: {
        ...{ returnId, shipmentId, orderId, trancheId, companyId, supplierId, skuId, siteId, quantity, reason },
        ...{ acceptedUnits, amountCents: exactProduct(acceptedUnits, shipment.unitPriceCents), leg, originCompanyId },
      },
    },
  ];
}

/** Rejected units can go back before or after they are resolved, but not twice. */
function checkRejected({ shipmentId, everRejectedUnits, returnedUnits }: AcceptedShipment, quantity: number): void {
  const toReturnUnits = everRejectedUnits - returnedUnits;
  if (quantity > toReturnUnits) throw new DomainError('MORE_THAN_REJECTED', { shipmentId, quantity, toReturnUnits });
}

/** As by a correction, only what the receiver still has where it received it, not energised, is taken from the lot. */
function checkThere(
  { shipmentId, companyId, siteId }: AcceptedShipment,
  quantity: number,
  { stock }: LedgerState,
): void {
  const thereUnits = idleUnits(stock.get(shipmentId), companyId, siteId);
  if (quantity > thereUnits)
    throw new DomainError('UNITS_NOT_THERE', { lotId: shipmentId, siteId, quantity, thereUnits });
}
