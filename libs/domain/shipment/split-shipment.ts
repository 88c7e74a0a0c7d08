import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { SplitShipment } from './commands.ts';
import type { ShipmentSplit } from './events.ts';
import { factsOf } from './facts.ts';
import { inTransitOrHeld, knownShipment } from './state.ts';

/** The part takes over company, billing, site, ETA, price, leg, origin and a hold: whatever is then done to it is done to it alone. */
export function splitShipment(command: SplitShipment, state: LedgerState, context: DecisionContext): [ShipmentSplit] {
  const { shipmentId, newShipmentId, quantity } = command;
  const known = knownShipment(state.shipments, shipmentId);
  checkEffectiveDay(context, known);
  if (state.shipments.has(newShipmentId) || state.stock.has(newShipmentId)) {
    throw new DomainError('ALREADY_EXISTS', { shipmentId: newShipmentId });
  }
  const shipment = inTransitOrHeld(known);
  const { shippedUnits, status, orderingCompanyId, supplierId, expectedDate, leg, originCompanyId } = shipment;
  if (quantity >= shippedUnits) throw new DomainError('MORE_THAN_A_PART', { shipmentId, quantity, shippedUnits });
  return [
    {
      type: 'ShipmentSplit',
      stream: streamOf.shipment(shipmentId),
      data: {
        ...factsOf(shipment),
        ...{ newShipmentId, quantity, held: status === 'held', orderingCompanyId, supplierId },
        ...{ expectedDate, leg, originCompanyId },
      },
    },
  ];
}
