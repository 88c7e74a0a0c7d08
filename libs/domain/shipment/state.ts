import { DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import { laterDay } from '../effective-day.ts';
import type { ShipmentRedirected } from '../redirection/events.ts';
import type { ReplacementPromised } from '../order/events.ts';
import type { UnitsReturned } from '../return/events.ts';
import type { ShipmentEvent, ShipmentSplit } from './events.ts';
import type { AcceptedShipment, ConcludedShipment, Shipment, ShipmentInTransit, ShipmentOnTheWay } from './shipment.ts';
import * as become from './transitions.ts';

export type * from './shipment.ts';

export type ShipmentState = PersistentMap<Shipment>;

export const noShipments: ShipmentState = PersistentMap.empty();

export function evolveShipments(
  state: ShipmentState,
  event: DecidedEvent<ShipmentEvent | ShipmentRedirected | UnitsReturned | ReplacementPromised>,
): ShipmentState {
  const { type, data, effectiveAt } = event;
  switch (type) {
    case 'ShipmentDispatched':
      return state.set(data.shipmentId, become.dispatched(data, effectiveAt));
    case 'ShipmentRedirected':
      return change(state, data.shipmentId, effectiveAt, (shipment) => become.redirected(shipment, data));
    case 'EtaRevised':
      return change(state, data.shipmentId, effectiveAt, (shipment) => ({ ...shipment, expectedDate: data.eta }));
    case 'ShipmentHeld':
      return change(state, data.shipmentId, effectiveAt, (shipment) => become.onTheWay(shipment, 'held'));
    case 'ShipmentReleased':
      return change(state, data.shipmentId, effectiveAt, (shipment) => become.onTheWay(shipment, 'inTransit'));
    case 'ShipmentSplit':
      return split(state, data, effectiveAt);
    case 'ShipmentReceived':
      return change(state, data.shipmentId, effectiveAt, (shipment) => become.received(shipment, data));
    case 'ReceiptAccepted':
      return change(state, data.shipmentId, effectiveAt, (shipment) => become.accepted(shipment, data, effectiveAt));
    case 'ShipmentLost':
      return change(state, data.shipmentId, effectiveAt, become.lost);
    case 'ReceiptCorrected':
      // A correction is no event after which nothing may be dated earlier.
      return change(state, data.shipmentId, DAWN, (shipment) => become.corrected(shipment, data.delta));
    case 'UnitsReturned':
      return change(state, data.shipmentId, effectiveAt, (shipment) => become.returned(shipment, data));
    case 'ShortfallCancelled':
      return change(state, data.shipmentId, effectiveAt, (shipment) =>
        become.resolved(shipment, data, { cancelledUnits: data.quantity, replacedUnits: 0 }),
      );
    case 'ReplacementPromised':
      return change(state, data.shipmentId, effectiveAt, (shipment) =>
        become.resolved(shipment, data, { cancelledUnits: 0, replacedUnits: data.quantity }),
      );
  }
}

/** The shipment; throws `SHIPMENT_UNKNOWN`. */
export function knownShipment(state: ShipmentState, shipmentId: Id): Shipment {
  const shipment = state.get(shipmentId);
  if (shipment === undefined) throw new DomainError('SHIPMENT_UNKNOWN', { shipmentId });
  return shipment;
}

/** The shipment, when it is on the way and not held; throws `SHIPMENT_NOT_IN_TRANSIT`. */
export function inTransit(shipment: Shipment): ShipmentInTransit {
  if (shipment.status !== 'inTransit') throw notInTransit(shipment);
  return shipment;
}

/** The shipment, when it is on the way, held or not; throws `SHIPMENT_NOT_IN_TRANSIT`. */
export function inTransitOrHeld(shipment: Shipment): ShipmentOnTheWay {
  if (shipment.status !== 'inTransit' && shipment.status !== 'held') throw notInTransit(shipment);
  return shipment;
}

/** The shipment, when its receipt was accepted; throws `NOT_ACCEPTED`. */
export function acceptedShipment(shipment: Shipment): AcceptedShipment {
  const { shipmentId, status } = shipment;
  if (shipment.status !== 'accepted') throw new DomainError('NOT_ACCEPTED', { shipmentId, status });
  return shipment;
}

/** The shipment, when its receipt was accepted or it was lost; throws `NOT_ACCEPTED`. */
export function concludedShipment(shipment: Shipment): ConcludedShipment {
  return shipment.status === 'lost' ? shipment : acceptedShipment(shipment);
}

function notInTransit({ shipmentId, status }: Shipment): DomainError {
  return new DomainError('SHIPMENT_NOT_IN_TRANSIT', { shipmentId, status });
}

/** Before every day. */
const DAWN: Day = '0001-01-01';

function change(
  state: ShipmentState,
  shipmentId: Id,
  effectiveAt: Day,
  changed: (shipment: Shipment) => Shipment,
): ShipmentState {
  const shipment = state.get(shipmentId);
  if (shipment === undefined) return state;
  const lastEffectiveAt = laterDay(shipment.lastEffectiveAt, effectiveAt);
  return state.set(shipmentId, { ...changed(shipment), lastEffectiveAt });
}

/** Both parts have one past: nothing may be dated before it. */
function split(state: ShipmentState, data: ShipmentSplit['data'], effectiveAt: Day): ShipmentState {
  const { shipmentId, newShipmentId, quantity } = data;
  const shipment = state.get(shipmentId);
  if (shipment === undefined) return state;
  const part = { ...shipment, shipmentId: newShipmentId, shippedUnits: quantity, lastEffectiveAt: effectiveAt };
  return change(state.set(newShipmentId, part), shipmentId, effectiveAt, (whole) => ({
    ...whole,
    shippedUnits: whole.shippedUnits - quantity,
  }));
}
