import { compareExact, type Day, type Id } from '#libs/kernel';
import type { RequestedCommand, ReturnReason } from '#libs/domain';
import type { ThingEvent } from './stream-history.ts';
import type { FactsFold } from './thing-facts.ts';

/** What an amendment would change of an order; no prices, as of the order itself. */
export interface AmendmentFacts {
  readonly orderId: Id;
  readonly companyId: Id;
  readonly supplierId: Id;
  readonly reason: string;
  readonly status: 'proposed' | 'approved' | 'confirmed' | 'rejected' | 'withdrawn';
  readonly changes: readonly {
    readonly trancheId: Id;
    readonly quantity: number;
    readonly previousQuantity: number;
    readonly requestedDate: Day;
    readonly previousRequestedDate: Day;
  }[];
  readonly newTranches: readonly {
    readonly trancheId: Id;
    readonly quantity: number;
    readonly requestedDate: Day;
    readonly siteId: Id | null;
  }[];
}

export interface ReturnFacts {
  readonly shipmentId: Id;
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly companyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  readonly siteId: Id;
  readonly quantity: number;
  readonly acceptedUnits: number;
  readonly reason: ReturnReason;
  readonly status: 'underway' | 'arrived';
}

/** A command under four eyes, whole: whoever decides must know what. It is told to its own company alone. */
export interface RequestFacts {
  /** Null: the group. */
  readonly companyId: Id | null;
  readonly status: 'pending' | 'approved' | 'rejected' | 'withdrawn';
  readonly command: RequestedCommand;
}

export const amendmentFacts: FactsFold<AmendmentFacts> = (facts, event) => {
  const { type, data } = event;
  if (type === 'AmendmentProposed') {
    const { orderId, companyId, supplierId, reason } = data;
    const changes = data.changes.map(
      ({ trancheId, quantity, previousQuantity, requestedDate, previousRequestedDate }) => ({
        ...{ trancheId, quantity, previousQuantity, requestedDate, previousRequestedDate },
      }),
    );
    const newTranches = data.newTranches.map(({ trancheId, quantity, requestedDate, siteId }) => ({
      ...{ trancheId, quantity, requestedDate, siteId },
    }));
    const status = reachesSupplier(event) ? 'approved' : 'proposed';
    return { orderId, companyId, supplierId, reason, status, changes, newTranches };
  }
  if (facts === undefined) return facts;
  if (type === 'AmendmentApproved') return { ...facts, status: 'approved' };
  if (type === 'AmendmentConfirmed') return { ...facts, status: 'confirmed' };
  if (type === 'AmendmentRejected') return { ...facts, status: 'rejected' };
  return type === 'AmendmentWithdrawn' ? { ...facts, status: 'withdrawn' } : facts;
};

/** As an order, the supplier sees one from its approval on; what costs nothing more needs none. */
export function amendmentSeenBy(
  events: readonly ThingEvent[],
  { companyId, supplierId }: AmendmentFacts,
): readonly Id[] {
  return events.some(reachesSupplier) ? [companyId, supplierId] : [companyId];
}

function reachesSupplier({ type, data }: ThingEvent): boolean {
  return type === 'AmendmentApproved' || (type === 'AmendmentProposed' && compareExact(data.addedCents, 0) <= 0);
}

export const returnFacts: FactsFold<ReturnFacts> = (facts, { type, data }) => {
  if (type === 'UnitsReturned') {
    const { shipmentId, orderId, trancheId, companyId, supplierId, skuId, siteId } = data;
    const { quantity, acceptedUnits, reason } = data;
    const of = { shipmentId, orderId, trancheId, companyId, supplierId, skuId, siteId };
    return { ...of, quantity, acceptedUnits, reason, status: 'underway' };
  }
  return facts !== undefined && type === 'ReturnConfirmed' ? { ...facts, status: 'arrived' } : facts;
};

export const requestFacts: FactsFold<RequestFacts> = (facts, { type, data }) => {
  if (type === 'CommandRequested') return { companyId: data.companyId, status: 'pending', command: data.command };
  if (facts === undefined) return facts;
  if (type === 'RequestApproved') return { ...facts, status: 'approved' };
  if (type === 'RequestRejected') return { ...facts, status: 'rejected' };
  return type === 'RequestWithdrawn' ? { ...facts, status: 'withdrawn' } : facts;
};
