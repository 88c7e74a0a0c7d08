import type { Day, Id } from '#libs/kernel';
import type { ProposedLeg } from '#libs/domain';
import type { ThingEvent } from './stream-history.ts';

/** What the events of an order say of it; no money, which is its own company's and stands in `funds`. */
export interface OrderFacts {
  readonly companyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  readonly status: 'proposed' | 'approved' | 'rejected';
  readonly tranches: readonly PlacedTranche[];
}

/** As it was ordered. */
interface PlacedTranche {
  readonly trancheId: Id;
  readonly quantity: number;
  readonly requestedDate: Day;
  readonly siteId: Id | null;
}

export interface ShipmentFacts {
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly orderingCompanyId: Id;
  readonly companyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  readonly siteId: Id;
  readonly status: 'inTransit' | 'held' | 'atDock' | 'accepted' | 'lost';
  readonly shipped: number;
  readonly expectedDate: Day;
}

export interface RedirectionFacts {
  readonly reason: string;
  /** `delivered` is said by what became of the legs, not by its own events alone. */
  readonly status: 'proposed' | 'active' | 'delivered' | 'rejected' | 'withdrawn';
  readonly parties: readonly Id[];
  readonly legs: readonly ProposedLeg[];
}

export interface SiteFacts {
  readonly companyId: Id;
  readonly kind: 'datacenter' | 'warehouse';
  readonly designUnits: number;
}

/** Each fold takes the facts before an event, undefined before the first, to those after it. */
export type FactsFold<Facts> = (facts: Facts | undefined, event: ThingEvent) => Facts | undefined;

export const orderFacts: FactsFold<OrderFacts> = (facts, { type, data }) => {
  if (type === 'OrderPlaced') {
    const { companyId, supplierId, skuId, tranches } = data;
    return { companyId, supplierId, skuId, status: 'proposed', tranches: tranches.map(placed) };
  }
  if (facts === undefined) return facts;
  if (type === 'OrderApproved') return { ...facts, status: 'approved' };
  return type === 'OrderRejected' ? { ...facts, status: 'rejected' } : facts;
};

function placed({ trancheId, quantity, requestedDate, siteId }: PlacedTranche): PlacedTranche {
  return { trancheId, quantity, requestedDate, siteId };
}

/** The first event is the dispatch, or the split of the shipment that this one was a part of. */
export const shipmentFacts: FactsFold<ShipmentFacts> = (facts, { type, data }) => {
  if (type === 'ShipmentDispatched') return { ...sent(data), status: 'inTransit', expectedDate: data.eta };
  if (facts === undefined) {
    if (type !== 'ShipmentSplit') return facts;
    return { ...sent(data), status: data.held ? 'held' : 'inTransit', expectedDate: data.expectedDate };
  }
  switch (type) {
    case 'ShipmentSplit':
      return { ...facts, shipped: facts.shipped - data.quantity };
    case 'EtaRevised':
      return { ...facts, expectedDate: data.eta };
    case 'ShipmentRedirected':
      return { ...facts, companyId: data.toCompanyId, siteId: data.toSiteId };
    case 'ShipmentHeld':
      return { ...facts, status: 'held' };
    case 'ShipmentReleased':
      return { ...facts, status: 'inTransit' };
    case 'ShipmentReceived':
      return { ...facts, status: 'atDock' };
    case 'ReceiptAccepted':
      return { ...facts, status: 'accepted' };
    case 'ShipmentLost':
      return { ...facts, status: 'lost' };
    default:
      return facts;
  }
};

type Sent = Omit<ShipmentFacts, 'status' | 'shipped' | 'expectedDate'>;

function sent({ quantity, ...data }: Sent & { readonly quantity: number }): Sent & { readonly shipped: number } {
  const { orderId, trancheId, orderingCompanyId, companyId, supplierId, skuId, siteId } = data;
  return { orderId, trancheId, orderingCompanyId, companyId, supplierId, skuId, siteId, shipped: quantity };
}

export const redirectionFacts: FactsFold<RedirectionFacts> = (facts, { type, data }) => {
  if (type === 'RedirectionProposed') {
    const { reason, parties, legs } = data;
    return { reason, status: 'proposed', parties, legs };
  }
  if (facts === undefined) return facts;
  if (type === 'RedirectionActivated') return { ...facts, status: 'active' };
  if (type === 'RedirectionRejected') return { ...facts, status: 'rejected' };
  return type === 'RedirectionWithdrawn' ? { ...facts, status: 'withdrawn' } : facts;
};

export const siteFacts: FactsFold<SiteFacts> = (facts, { type, data }) => {
  if (type !== 'SiteRegistered') return facts;
  const { companyId, kind, designUnits } = data;
  return { companyId, kind, designUnits };
};
