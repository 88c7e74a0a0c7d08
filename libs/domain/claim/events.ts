import type { Day, DomainEvent, Id } from '#libs/kernel';

/** What a claim is about: units accepted or energised on the day it was stated, units supplied by a day, or money. */
export const CLAIM_METRICS = ['accepted', 'energised', 'supplyBy', 'spendCents'] as const;

export type ClaimMetric = (typeof CLAIM_METRICS)[number];

/** What somebody said in public about a company's units or spending: between `low` and `high`. */
export type PublicClaimRecorded = DomainEvent<
  'PublicClaimRecorded',
  {
    readonly claimId: Id;
    readonly companyId: Id;
    readonly skuId: Id | null;
    readonly metric: ClaimMetric;
    readonly low: number;
    readonly high: number;
    readonly statedOn: Day;
    /** Of `supplyBy`: the day by which. */
    readonly horizon: Day | null;
    readonly speaker: string;
    readonly source: string;
    readonly quote: string;
  }
>;

export type ClaimEvent = PublicClaimRecorded;
