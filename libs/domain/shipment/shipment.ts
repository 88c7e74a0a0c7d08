import type { Day, Id } from '#libs/kernel';
import type { Dated } from '../effective-day.ts';
import type { LegRef } from './events.ts';

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
  /** At the receipt or afterwards, resolved or not. */
  readonly everRejectedUnits: number;
  /** Rejected and sent back to the supplier. */
  readonly returnedUnits: number;
}

/** It never arrives: of its units none are counted, and all were short. */
export interface LostShipment extends ResolvedUnits {
  readonly status: 'lost';
}

/** What is short or rejected of it is known, and can be resolved. */
export type ConcludedShipment = AcceptedShipment | LostShipment;

export type Shipment = ShipmentOnTheWay | ShipmentAtDock | ConcludedShipment;
