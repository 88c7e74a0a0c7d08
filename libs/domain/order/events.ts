import type { Day, DomainEvent, Id } from '#libs/kernel';
import type { Slip } from '../slippage.ts';

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

export type OrderEvent = OrderPlaced | OrderApproved | TrancheConfirmed;
