import type { Day, Id } from '#libs/kernel';

/** The buckets that a unit is in one of at a time. */
export const EXCLUSIVE_BUCKETS = ['open', 'inTransit', 'atDock', 'accepted', 'short', 'rejected', 'cancelled'] as const;

/** Every bucket reported: `over` counts surplus received, `energised` is a part of `accepted`. */
export const BUCKETS = [...EXCLUSIVE_BUCKETS, 'over', 'energised'] as const;

export type Bucket = (typeof BUCKETS)[number];

/** Signed units of one bucket that an event adds to a company. */
interface BucketMovement {
  readonly companyId: Id;
  readonly skuId: Id;
  /** Null: not yet placed. */
  readonly siteId: Id | null;
  readonly bucket: Bucket;
  readonly counterpartyId: null;
  /** The day on which units `open` or `inTransit` are expected; of no other bucket. */
  readonly dueOn: Day | null;
  readonly quantity: number;
}

/** Signed units that `counterpartyId` owes to `companyId` from an event on; both sides hold one, the sum is zero. */
interface OwedMovement {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly siteId: null;
  readonly bucket: 'owed';
  readonly counterpartyId: Id;
  readonly dueOn: null;
  readonly quantity: number;
}

export type Movement = BucketMovement | OwedMovement;

/** A movement with where it comes from. `seq` numbers the movements of one event from 0. */
export type PositionContribution = Movement & {
  readonly position: number;
  readonly seq: number;
  readonly effectiveOn: Day;
  /** The latest effective day of this event and all before it. */
  readonly frontierOn: Day;
};
