import { streamOf } from '#libs/domain';
import type { Id } from '#libs/kernel';
import {
  amendmentFacts,
  amendmentSeenBy,
  requestFacts,
  returnFacts,
  type AmendmentFacts,
  type RequestFacts,
  type ReturnFacts,
} from './proceeding-facts.ts';
import type { ThingEvent } from './stream-history.ts';
import {
  orderFacts,
  redirectionFacts,
  shipmentFacts,
  siteFacts,
  type FactsFold,
  type OrderFacts,
  type RedirectionFacts,
  type ShipmentFacts,
  type SiteFacts,
} from './thing-facts.ts';

export interface FactsByKind {
  readonly order: OrderFacts;
  readonly shipment: ShipmentFacts;
  readonly redirection: RedirectionFacts;
  readonly site: SiteFacts;
  readonly amendment: AmendmentFacts;
  readonly return: ReturnFacts;
  readonly request: RequestFacts;
}

/** How things of a kind are told. */
export interface TellingOf<Facts> {
  /** The field of their id. */
  readonly idField: string;
  /** Said where there is none, or none for who asks. */
  readonly unknown: string;
  /** Whose version If-Match is compared with. */
  readonly stream: (id: Id) => string;
  readonly fold: FactsFold<Facts>;
  /** The companies that see it at all, as its own events name them; absent: the read models say. */
  readonly seenBy?: (events: readonly ThingEvent[], facts: Facts) => readonly Id[];
  /** The companies that hear every event of it; null: all that see it. Others hear the events that name them. */
  readonly wholeFor: (facts: Facts) => readonly Id[] | null;
  /** The facts for companies that do not hear every event. */
  readonly inPart?: (facts: Facts) => Facts;
}

export const THINGS: { readonly [Kind in keyof FactsByKind]: TellingOf<FactsByKind[Kind]> } = {
  order: {
    idField: 'orderId',
    unknown: 'ORDER_UNKNOWN',
    stream: streamOf.order,
    fold: orderFacts,
    wholeFor: ({ companyId, supplierId }) => [companyId, supplierId],
    inPart: (facts) => ({ ...facts, tranches: [] }),
  },
  shipment: {
    idField: 'shipmentId',
    unknown: 'SHIPMENT_UNKNOWN',
    stream: streamOf.shipment,
    fold: shipmentFacts,
    wholeFor: ({ orderingCompanyId, supplierId }) => [orderingCompanyId, supplierId],
  },
  redirection: {
    idField: 'redirectionId',
    unknown: 'REDIRECTION_UNKNOWN',
    stream: streamOf.redirection,
    fold: redirectionFacts,
    wholeFor: () => null,
  },
  site: {
    idField: 'siteId',
    unknown: 'SITE_UNKNOWN',
    stream: streamOf.site,
    fold: siteFacts,
    wholeFor: () => null,
  },
  amendment: {
    idField: 'amendmentId',
    unknown: 'AMENDMENT_UNKNOWN',
    stream: streamOf.amendment,
    fold: amendmentFacts,
    seenBy: amendmentSeenBy,
    wholeFor: () => null,
  },
  return: {
    idField: 'returnId',
    unknown: 'RETURN_UNKNOWN',
    stream: streamOf.return,
    fold: returnFacts,
    seenBy: (_, { companyId, supplierId }) => [companyId, supplierId],
    wholeFor: () => null,
  },
  request: {
    idField: 'requestId',
    unknown: 'REQUEST_UNKNOWN',
    stream: streamOf.request,
    fold: requestFacts,
    seenBy: (_, { companyId }) => (companyId === null ? [] : [companyId]),
    wholeFor: () => null,
  },
};
