import type { SlipCause } from '#libs/domain';
import type { Day, Id } from '#libs/kernel';

/** A tranche `ORDER/TRANCHE`, or a shipment of it `ORDER/TRANCHE/SHIPMENT`. */
export type LineId = string;

export type LineStatus =
  'unconfirmed' | 'confirmed' | 'dispatched' | 'cancelled' | 'inTransit' | 'held' | 'atDock' | 'accepted' | 'lost';

/** What a line says beside its figures. */
export interface LineFacts {
  readonly orderId: Id;
  readonly trancheId: Id;
  /** Null: the line is the tranche's. */
  readonly shipmentId: Id | null;
  readonly orderingCompanyId: Id;
  /** Entitled to the units. */
  readonly companyId: Id;
  readonly billedCompanyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  readonly siteId: Id | null;
  readonly status: LineStatus;
  readonly requestedDate: Day;
  /** Null where none was made, of a shipment: before its dispatch. */
  readonly firstPromisedDate: Day | null;
  readonly promisedDate: Day | null;
  readonly expectedDate: Day;
  /** The day of acceptance. */
  readonly actualDate: Day | null;
}

/** What events add up to on a line. */
export interface LineFigures {
  /** Units: open of a tranche; on the way, then at the dock, then accepted of a shipment. */
  readonly quantity: number;
  /** How often the expected date moved after the first promise. */
  readonly dateChanges: number;
  /** Unit-days of lateness by cause; causes that come to zero are left out. */
  readonly causes: Causes;
}

export type Causes = Readonly<Partial<Record<SlipCause, number>>>;

export type Line = LineFacts & LineFigures;

export function trancheLineId({ orderId, trancheId }: { orderId: Id; trancheId: Id }): LineId {
  return `${orderId}/${trancheId}`;
}

export function shipmentLineId(ids: { orderId: Id; trancheId: Id; shipmentId: Id }): LineId {
  return `${ids.orderId}/${ids.trancheId}/${ids.shipmentId}`;
}

/** The companies that `line` names, in order of id. */
export function audienceOf(line: LineFacts): readonly Id[] {
  const { orderingCompanyId: buyer, companyId, billedCompanyId, supplierId } = line;
  const isOneBuyers = buyer === companyId && buyer === billedCompanyId && buyer !== supplierId;
  if (isOneBuyers) return buyer < supplierId ? [buyer, supplierId] : [supplierId, buyer];
  return [...new Set([buyer, companyId, billedCompanyId, supplierId])].sort();
}
