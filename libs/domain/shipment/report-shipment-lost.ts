import type { DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { ReportShipmentLost } from './commands.ts';
import type { ShipmentLost } from './events.ts';
import { factsOf } from './facts.ts';
import { inTransitOrHeld, knownShipment } from './state.ts';

/** What never arrives is short as a whole: nothing is counted, nothing slips yet; its money, leg and origin wait for a resolution. */
export function reportShipmentLost(
  { shipmentId }: ReportShipmentLost,
  state: LedgerState,
  context: DecisionContext,
): [ShipmentLost] {
  const known = knownShipment(state.shipments, shipmentId);
  checkEffectiveDay(context, known);
  const shipment = inTransitOrHeld(known);
  const { shippedUnits: quantity, expectedDate } = shipment;
  const data = { ...factsOf(shipment), quantity, expectedDate };
  return [{ type: 'ShipmentLost', stream: streamOf.shipment(shipmentId), data }];
}
