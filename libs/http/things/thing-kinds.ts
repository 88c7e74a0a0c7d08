import { streamOf } from '#libs/domain';
import type { Id } from '#libs/kernel';
import type { ThingKind } from '#libs/read-models';
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
  /** The companies that hear every event of it; null: all that see it. Others hear the events that name them. */
  readonly wholeFor: (facts: Facts) => readonly Id[] | null;
  /** The facts for companies that do not hear every event. */
  readonly inPart?: (facts: Facts) => Facts;
}

export const THINGS: { readonly [Kind in ThingKind]: TellingOf<FactsByKind[Kind]> } = {
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
};
