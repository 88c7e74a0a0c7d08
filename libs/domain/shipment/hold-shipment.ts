import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { HoldShipment, ReleaseShipment } from './commands.ts';
import type { ShipmentHeld, ShipmentReleased } from './events.ts';
import { factsOf } from './facts.ts';
import { inTransit, knownShipment } from './state.ts';

export function holdShipment(command: HoldShipment, state: LedgerState, context: DecisionContext): [ShipmentHeld] {
  const { shipmentId, reason } = command;
  const known = knownShipment(state.shipments, shipmentId);
  checkEffectiveDay(context, known);
  const data = { ...factsOf(inTransit(known)), reason };
  return [{ type: 'ShipmentHeld', stream: streamOf.shipment(shipmentId), data }];
}

export function releaseShipment(
  { shipmentId }: ReleaseShipment,
  state: LedgerState,
  context: DecisionContext,
): [ShipmentReleased] {
  const shipment = knownShipment(state.shipments, shipmentId);
  checkEffectiveDay(context, shipment);
  const { status } = shipment;
  if (status !== 'held') throw new DomainError('SHIPMENT_NOT_HELD', { shipmentId, status });
  return [{ type: 'ShipmentReleased', stream: streamOf.shipment(shipmentId), data: factsOf(shipment) }];
}
