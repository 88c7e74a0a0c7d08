import type { Day, DomainEvent, Id } from '#libs/kernel';
import type { LegRef } from '../shipment/events.ts';
import type { ReportedCause, Slip } from '../slippage.ts';

export interface OrderedTranche {
  readonly trancheId: Id;
  readonly quantity: number;
  readonly unitPriceCents: number;
  readonly requestedDate: Day;
  /** Null: not yet placed. */
  readonly siteId: Id | null;
}

interface OrderTerms {
  readonly orderId: Id;
  /** The ordering company; it never changes. */
  readonly companyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  readonly tranches: readonly OrderedTranche[];
}

export type OrderPlaced = DomainEvent<'OrderPlaced', OrderTerms>;

/** Repeats the terms approved, so that whoever counts units needs no other event. */
export type OrderApproved = DomainEvent<'OrderApproved', OrderTerms>;

export type TrancheConfirmed = DomainEvent<
  'TrancheConfirmed',
  {
    readonly orderId: Id;
    readonly trancheId: Id;
    /** The entitled company. */
    readonly companyId: Id;
    readonly skuId: Id;
    readonly siteId: Id | null;
    /** Units open. */
    readonly quantity: number;
    readonly promisedDate: Day;
    readonly previousExpectedDate: Day;
    readonly firstPromise: boolean;
    readonly slips: readonly Slip[];
  }
>;

export type OrderRejected = DomainEvent<'OrderRejected', { readonly orderId: Id; readonly companyId: Id }>;

/** Open units of a tranche, whose they are and where they go. `companyId` is entitled and billed. */
interface OpenUnits {
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly companyId: Id;
  readonly skuId: Id;
  readonly quantity: number;
}

export type TrancheRescheduled = DomainEvent<
  'TrancheRescheduled',
  OpenUnits & {
    readonly siteId: Id | null;
    readonly expectedDate: Day;
    readonly previousExpectedDate: Day;
    readonly cause: ReportedCause;
    readonly slips: readonly Slip[];
  }
>;

export type TrancheResited = DomainEvent<
  'TrancheResited',
  OpenUnits & { readonly fromSiteId: Id | null; readonly toSiteId: Id; readonly expectedDate: Day }
>;

/**
 * `quantity` of the open units go on as `newTrancheId`, which is in all else what `trancheId` is, its promises included. Nothing moves,
 * nothing slips; what is ordered under either changes by as much.
 */
export type TrancheSplit = DomainEvent<
  'TrancheSplit',
  OpenUnits & {
    readonly newTrancheId: Id;
    readonly orderingCompanyId: Id;
    readonly supplierId: Id;
    readonly siteId: Id | null;
    readonly unitPriceCents: number;
    readonly requestedDate: Day;
    readonly firstPromisedDate: Day | null;
    readonly expectedDate: Day;
    readonly leg: LegRef | null;
    readonly originCompanyId: Id;
  }
>;

/** `quantity` of the open units are not wanted any more. */
export type TrancheCancelled = DomainEvent<
  'TrancheCancelled',
  OpenUnits & {
    readonly siteId: Id | null;
    readonly expectedDate: Day;
    readonly unitPriceCents: number;
    /** The cross-company leg that the units are gone from. */
    readonly leg: LegRef | null;
  }
>;

/** Units short or rejected come again, as a new tranche of the order; requested, promised and expected on `expectedDate`. */
export type ReplacementPromised = DomainEvent<
  'ReplacementPromised',
  OpenUnits & {
    /** The shipment that fell short. */
    readonly shipmentId: Id;
    /** Of `quantity`: what was short, and what was rejected. */
    readonly shortUnits: number;
    readonly rejectedUnits: number;
    readonly replacedTrancheId: Id;
    readonly orderingCompanyId: Id;
    readonly supplierId: Id;
    /** Where the units of the shipment are `short` and `rejected`, and the new ones are to go. */
    readonly siteId: Id;
    readonly unitPriceCents: number;
    readonly expectedDate: Day;
    /** The shipment's expected date, from which `expectedDate` slips under `shortfall`. */
    readonly previousExpectedDate: Day;
    readonly leg: LegRef | null;
    readonly originCompanyId: Id;
    readonly slips: readonly Slip[];
  }
>;

export type OrderEvent =
  | OrderPlaced
  | OrderApproved
  | OrderRejected
  | TrancheConfirmed
  | TrancheRescheduled
  | TrancheResited
  | TrancheSplit
  | TrancheCancelled
  | ReplacementPromised;
