import type { PersistentMap, Day, Id } from '#libs/kernel';
import type { Dated } from '../effective-day.ts';
import type { LegRef } from '../shipment/events.ts';
import type { OrderPlaced } from './events.ts';

export type OrderTerms = OrderPlaced['data'];

export interface PlacedOrder extends Dated {
  readonly terms: OrderTerms;
  /** The actor who placed it. */
  readonly requestedBy: string;
}

export interface ProposedOrder extends PlacedOrder {
  readonly status: 'proposed';
}

export interface ApprovedOrder extends PlacedOrder {
  readonly status: 'approved';
  readonly tranches: PersistentMap<Tranche>;
}

export interface RejectedOrder extends PlacedOrder {
  readonly status: 'rejected';
}

export type Order = ProposedOrder | ApprovedOrder | RejectedOrder;

/** Units cancelled while a company was entitled to them. */
export interface Cancellation {
  readonly companyId: Id;
  readonly units: number;
}

/** A scheduled delivery of an approved order. ordered = open + cancelled + dispatched. */
export interface Tranche {
  readonly trancheId: Id;
  /** As amended; with those split in, less those split off. */
  readonly orderedUnits: number;
  readonly openUnits: number;
  readonly cancellations: readonly Cancellation[];
  readonly dispatchedUnits: number;
  readonly unitPriceCents: number;
  /** Entitled and billed. */
  readonly companyId: Id;
  readonly siteId: Id | null;
  readonly requestedDate: Day;
  readonly firstPromisedDate: Day | null;
  readonly expectedDate: Day;
  /** The cross-company leg that the open units are on. */
  readonly leg: LegRef | null;
  /** Entitled before the first cross-company redirection of the open units. */
  readonly originCompanyId: Id;
}
