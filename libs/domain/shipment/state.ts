import { DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import { laterDay, type Dated } from '../effective-day.ts';
import type { ShipmentRedirected } from '../redirection/events.ts';
import type { LegRef, ReceiptAccepted, ShipmentDispatched, ShipmentEvent, ShipmentReceived } from './events.ts';

interface ShippedUnits extends Dated {
  readonly shipmentId: Id;
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly orderingCompanyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
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

interface CountedUnits extends ShippedUnits {
  readonly countedUnits: number;
  readonly shortUnits: number;
  readonly overUnits: number;
}

export interface ShipmentAtDock extends CountedUnits {
  readonly status: 'atDock';
}

export interface AcceptedShipment extends CountedUnits {
  readonly status: 'accepted';
  readonly acceptedUnits: number;
  readonly rejectedUnits: number;
}

export type Shipment = ShipmentInTransit | ShipmentAtDock | AcceptedShipment;

export type ShipmentState = PersistentMap<Shipment>;

export const noShipments: ShipmentState = PersistentMap.empty();

export function evolveShipments(
  state: ShipmentState,
  event: DecidedEvent<ShipmentEvent | ShipmentRedirected>,
): ShipmentState {
  const { type, data, effectiveAt } = event;
  switch (type) {
    case 'ShipmentDispatched':
      return state.set(data.shipmentId, dispatched(data, effectiveAt));
    case 'ShipmentRedirected':
      return change(state, data.shipmentId, effectiveAt, (shipment) => redirected(shipment, data));
    case 'ShipmentReceived':
      return change(state, data.shipmentId, effectiveAt, (shipment) => received(shipment, data));
    case 'ReceiptAccepted':
      return change(state, data.shipmentId, effectiveAt, (shipment) => accepted(shipment, data));
  }
}

/** The shipment; throws `SHIPMENT_UNKNOWN`. */
export function knownShipment(state: ShipmentState, shipmentId: Id): Shipment {
  const shipment = state.get(shipmentId);
  if (shipment === undefined) throw new DomainError('SHIPMENT_UNKNOWN', { shipmentId });
  return shipment;
}

/** The shipment, when it is on the way; throws `SHIPMENT_NOT_IN_TRANSIT`. */
export function inTransit(shipment: Shipment): ShipmentInTransit {
  const { shipmentId, status } = shipment;
  if (shipment.status !== 'inTransit') throw new DomainError('SHIPMENT_NOT_IN_TRANSIT', { shipmentId, status });
  return shipment;
}

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

function accepted(shipment: Shipment, data: ReceiptAccepted['data']): Shipment {
  if (shipment.status === 'inTransit') return shipment;
  return { ...shipment, status: 'accepted', acceptedUnits: data.accepted, rejectedUnits: data.rejected };
}
