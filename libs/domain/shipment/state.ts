import { DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import { laterDay, type Dated } from '../effective-day.ts';
import type { ShipmentRedirected } from '../redirection/events.ts';
import type { ReplacementPromised } from '../order/events.ts';
import type {
  LegRef,
  ReceiptAccepted,
  ShipmentDispatched,
  ShipmentEvent,
  ShipmentReceived,
  ShipmentSplit,
} from './events.ts';

interface ShippedUnits extends Dated {
  readonly shipmentId: Id;
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly orderingCompanyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  /** Less those that were split off. */
  readonly shippedUnits: number;
  readonly unitPriceCents: number;
  /** Entitled and billed. */
  readonly companyId: Id;
  readonly siteId: Id;
  /** The ETA. */
  readonly expectedDate: Day;
  /** The cross-company leg that the units are on. */
  readonly leg: LegRef | null;
  /** Entitled before the first cross-company redirection of these units. */
  readonly originCompanyId: Id;
}

export interface ShipmentInTransit extends ShippedUnits {
  readonly status: 'inTransit';
}

/** On the way too: it can be redirected, not received. */
export interface HeldShipment extends ShippedUnits {
  readonly status: 'held';
}

export type ShipmentOnTheWay = ShipmentInTransit | HeldShipment;

interface CountedUnits extends ShippedUnits {
  readonly countedUnits: number;
  /** Still missing: neither resolved nor found by a correction. */
  readonly shortUnits: number;
  readonly overUnits: number;
}

export interface ShipmentAtDock extends CountedUnits {
  readonly status: 'atDock';
}

interface ResolvedUnits extends CountedUnits {
  readonly acceptedUnits: number;
  /** Rejected and not resolved. */
  readonly rejectedUnits: number;
  /** Short or rejected, and not wanted any more. */
  readonly cancelledUnits: number;
  /** Short or rejected, and open again on a tranche of their own. */
  readonly replacedUnits: number;
}

export interface AcceptedShipment extends ResolvedUnits {
  readonly status: 'accepted';
  readonly acceptedOn: Day;
}

/** It never arrives: of its units none are counted, and all were short. */
export interface LostShipment extends ResolvedUnits {
  readonly status: 'lost';
}

/** What is short or rejected of it is known, and can be resolved. */
export type ConcludedShipment = AcceptedShipment | LostShipment;

export type Shipment = ShipmentOnTheWay | ShipmentAtDock | ConcludedShipment;

export type ShipmentState = PersistentMap<Shipment>;

export const noShipments: ShipmentState = PersistentMap.empty();

export function evolveShipments(
  state: ShipmentState,
  event: DecidedEvent<ShipmentEvent | ShipmentRedirected | ReplacementPromised>,
): ShipmentState {
  const { type, data, effectiveAt } = event;
  switch (type) {
    case 'ShipmentDispatched':
      return state.set(data.shipmentId, dispatched(data, effectiveAt));
    case 'ShipmentRedirected':
      return change(state, data.shipmentId, effectiveAt, (shipment) => redirected(shipment, data));
    case 'EtaRevised':
      return change(state, data.shipmentId, effectiveAt, (shipment) => ({ ...shipment, expectedDate: data.eta }));
    case 'ShipmentHeld':
      return change(state, data.shipmentId, effectiveAt, (shipment) => onTheWay(shipment, 'held'));
    case 'ShipmentReleased':
      return change(state, data.shipmentId, effectiveAt, (shipment) => onTheWay(shipment, 'inTransit'));
    case 'ShipmentSplit':
      return split(state, data, effectiveAt);
    case 'ShipmentReceived':
      return change(state, data.shipmentId, effectiveAt, (shipment) => received(shipment, data));
    case 'ReceiptAccepted':
      return change(state, data.shipmentId, effectiveAt, (shipment) => accepted(shipment, data, effectiveAt));
    case 'ShipmentLost':
      return change(state, data.shipmentId, effectiveAt, lost);
    case 'ReceiptCorrected':
      // A correction is no event after which nothing may be dated earlier.
      return change(state, data.shipmentId, DAWN, (shipment) => corrected(shipment, data.delta));
    case 'ShortfallCancelled':
      return change(state, data.shipmentId, effectiveAt, (shipment) =>
        resolved(shipment, data, { cancelledUnits: data.quantity, replacedUnits: 0 }),
      );
    case 'ReplacementPromised':
      return change(state, data.shipmentId, effectiveAt, (shipment) =>
        resolved(shipment, data, { cancelledUnits: 0, replacedUnits: data.quantity }),
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

function dispatched(data: ShipmentDispatched['data'], lastEffectiveAt: Day): ShipmentInTransit {
  const { shipmentId, orderId, trancheId, orderingCompanyId, supplierId, skuId, unitPriceCents } = data;
  const { companyId, siteId, leg, originCompanyId } = data;
  return {
    ...{ shipmentId, orderId, trancheId, orderingCompanyId, supplierId, skuId, unitPriceCents },
    ...{ companyId, siteId, leg, originCompanyId },
    status: 'inTransit',
    shippedUnits: data.quantity,
    expectedDate: data.eta,
    lastEffectiveAt,
  };
}

function redirected(shipment: Shipment, to: ShipmentRedirected['data']): Shipment {
  const moved = { ...shipment, companyId: to.toCompanyId, siteId: to.toSiteId, originCompanyId: to.originCompanyId };
  if (to.fromCompanyId === to.toCompanyId) return moved;
  return { ...moved, leg: { redirectionId: to.redirectionId, leg: to.leg } };
}

function received(shipment: Shipment, { counted, short, over }: ShipmentReceived['data']): ShipmentAtDock {
  return { ...shipment, status: 'atDock', countedUnits: counted, shortUnits: short, overUnits: over };
}

function onTheWay(shipment: Shipment, status: ShipmentOnTheWay['status']): Shipment {
  return shipment.status === 'inTransit' || shipment.status === 'held' ? { ...shipment, status } : shipment;
}

function accepted(shipment: Shipment, data: ReceiptAccepted['data'], acceptedOn: Day): Shipment {
  if (shipment.status !== 'atDock') return shipment;
  const { accepted: acceptedUnits, rejected: rejectedUnits } = data;
  const resolutions = { cancelledUnits: 0, replacedUnits: 0 };
  return { ...shipment, ...resolutions, status: 'accepted', acceptedOn, acceptedUnits, rejectedUnits };
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

function lost(shipment: Shipment): LostShipment {
  const shortUnits = shipment.shippedUnits;
  const none = { countedUnits: 0, overUnits: 0, acceptedUnits: 0, rejectedUnits: 0 };
  return { ...shipment, ...none, shortUnits, cancelledUnits: 0, replacedUnits: 0, status: 'lost' };
}

function corrected(shipment: Shipment, delta: number): Shipment {
  if (shipment.status !== 'accepted') return shipment;
  return { ...shipment, acceptedUnits: shipment.acceptedUnits + delta, shortUnits: shipment.shortUnits - delta };
}

function resolved(
  shipment: Shipment,
  from: { readonly shortUnits: number; readonly rejectedUnits: number },
  to: { readonly cancelledUnits: number; readonly replacedUnits: number },
): Shipment {
  if (shipment.status !== 'accepted' && shipment.status !== 'lost') return shipment;
  return {
    ...shipment,
    shortUnits: shipment.shortUnits - from.shortUnits,
    rejectedUnits: shipment.rejectedUnits - from.rejectedUnits,
    cancelledUnits: shipment.cancelledUnits + to.cancelledUnits,
    replacedUnits: shipment.replacedUnits + to.replacedUnits,
  };
}
