import type { Day, DomainEvent, ExactInteger, Id } from '#libs/kernel';
import type { OrderedTranche } from '../order/events.ts';
import type { Slip } from '../slippage.ts';

/** The open units of a tranche as they would be, and as they were when it was proposed. */
export interface ProposedChange {
  readonly trancheId: Id;
  readonly quantity: number;
  readonly previousQuantity: number;
  readonly unitPriceCents: number;
  readonly previousUnitPriceCents: number;
  readonly requestedDate: Day;
  readonly previousRequestedDate: Day;
  readonly firstPromisedDate: Day | null;
  readonly expectedDate: Day;
}

/** Whose order is to be amended, and by whom it is delivered. */
interface AmendedOrder {
  readonly amendmentId: Id;
  readonly orderId: Id;
  /** The ordering company. */
  readonly companyId: Id;
  readonly supplierId: Id;
}

export type AmendmentProposed = DomainEvent<
  'AmendmentProposed',
  AmendedOrder & {
    readonly reason: string;
    readonly changes: readonly ProposedChange[];
    readonly newTranches: readonly OrderedTranche[];
    /** By which the order would cost more; above 0 another person of the ordering company must approve. */
    readonly addedCents: ExactInteger;
  }
>;

export type AmendmentApproved = DomainEvent<'AmendmentApproved', AmendedOrder>;

/** By the supplier; what it changes is said by the events that follow. */
export type AmendmentConfirmed = DomainEvent<'AmendmentConfirmed', AmendedOrder>;

export type AmendmentRejected = DomainEvent<'AmendmentRejected', AmendedOrder>;

export type AmendmentWithdrawn = DomainEvent<'AmendmentWithdrawn', AmendedOrder>;

/**
 * The open units of a tranche are `quantity` from now on, at another price or on another day. Another day is no promise before the first
 * one; after it, the supplier has promised it, and it slips under `buyer`.
 */
export type TrancheAmended = DomainEvent<
  'TrancheAmended',
  {
    readonly amendmentId: Id;
    readonly orderId: Id;
    readonly trancheId: Id;
    /** Ordering, entitled and billed. */
    readonly companyId: Id;
    readonly skuId: Id;
    readonly siteId: Id | null;
    readonly quantity: number;
    readonly previousQuantity: number;
    readonly unitPriceCents: number;
    readonly previousUnitPriceCents: number;
    readonly requestedDate: Day;
    readonly previousRequestedDate: Day;
    readonly firstPromisedDate: Day | null;
    readonly expectedDate: Day;
    readonly previousExpectedDate: Day;
    readonly slips: readonly Slip[];
  }
>;

/** A tranche that an approved order did not have. */
export type TrancheAdded = DomainEvent<
  'TrancheAdded',
  OrderedTranche & {
    readonly amendmentId: Id;
    readonly orderId: Id;
    /** Ordering, entitled and billed. */
    readonly companyId: Id;
    readonly supplierId: Id;
    readonly skuId: Id;
  }
>;

export type AmendmentEvent =
  | AmendmentProposed
  | AmendmentApproved
  | AmendmentConfirmed
  | AmendmentRejected
  | AmendmentWithdrawn
  | TrancheAmended
  | TrancheAdded;
