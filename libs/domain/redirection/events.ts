import type { Day, DomainEvent, Id } from '#libs/kernel';
import type { LegRef } from '../shipment/events.ts';
import type { Slip } from '../slippage.ts';

/** One leg as proposed: what it takes, from whom, to whom, and the company, quantity and date it was proposed on. */
export interface ProposedLeg {
  /** Numbered from 1. */
  readonly leg: number;
  readonly orderId: Id;
  readonly trancheId: Id;
  /** Null: the leg takes what is open of the tranche. */
  readonly shipmentId: Id | null;
  readonly skuId: Id;
  readonly quantity: number;
  readonly expectedDate: Day;
  readonly fromCompanyId: Id;
  readonly fromSiteId: Id | null;
  readonly toCompanyId: Id;
  readonly toSiteId: Id;
}

export type RedirectionProposed = DomainEvent<
  'RedirectionProposed',
  {
    readonly redirectionId: Id;
    readonly reason: string;
    readonly legs: readonly ProposedLeg[];
    /** The companies that a cross-company leg leaves or reaches, in order of id; each must approve. */
    readonly parties: readonly Id[];
  }
>;

export type RedirectionApproved = DomainEvent<
  'RedirectionApproved',
  { readonly redirectionId: Id; readonly companyId: Id }
>;

/** What moves on activation. `previousLeg`: the cross-company leg that the units leave, `originCompanyId` as in ShipmentDispatched. */
interface RedirectedUnits extends LegRef {
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly skuId: Id;
  readonly quantity: number;
  readonly unitPriceCents: number;
  readonly expectedDate: Day;
  readonly fromCompanyId: Id;
  readonly toCompanyId: Id;
  readonly toSiteId: Id;
  readonly originCompanyId: Id;
  readonly previousLeg: LegRef | null;
}

/** A shipment on the way changes company or site. */
export type ShipmentRedirected = DomainEvent<
  'ShipmentRedirected',
  RedirectedUnits & { readonly shipmentId: Id; readonly fromSiteId: Id }
>;

/** The open part of a tranche changes company or site. */
export type CommitmentRedirected = DomainEvent<
  'CommitmentRedirected',
  RedirectedUnits & { readonly fromSiteId: Id | null }
>;

export type RedirectionActivated = DomainEvent<
  'RedirectionActivated',
  { readonly redirectionId: Id; readonly slips: readonly Slip[] }
>;

export type RedirectionLegDelivered = DomainEvent<
  'RedirectionLegDelivered',
  LegRef & { readonly shipmentId: Id; readonly quantity: number }
>;

/** The debtor owes the creditor `units` more of the SKU; fewer when negative. */
export type ExposureChanged = DomainEvent<
  'ExposureChanged',
  {
    readonly debtorId: Id;
    readonly creditorId: Id;
    readonly skuId: Id;
    readonly units: number;
    readonly shipmentId: Id;
  }
>;

export type RedirectionRejected = DomainEvent<
  'RedirectionRejected',
  { readonly redirectionId: Id; readonly companyId: Id }
>;

export type RedirectionWithdrawn = DomainEvent<'RedirectionWithdrawn', { readonly redirectionId: Id }>;

/** The creditor forgives the debtor `quantity` units of the SKU. */
export type ExposureWaived = DomainEvent<
  'ExposureWaived',
  { readonly debtorId: Id; readonly creditorId: Id; readonly skuId: Id; readonly quantity: number }
>;

export type RedirectionEvent =
  | RedirectionProposed
  | RedirectionApproved
  | ShipmentRedirected
  | CommitmentRedirected
  | RedirectionActivated
  | RedirectionLegDelivered
  | RedirectionRejected
  | RedirectionWithdrawn
  | ExposureChanged
  | ExposureWaived;
