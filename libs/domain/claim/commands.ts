import type { Day, Id } from '#libs/kernel';
import type { ClaimMetric } from './events.ts';

export interface RecordClaim {
  readonly type: 'RecordClaim';
  readonly claimId: Id;
  readonly companyId: Id;
  /** Absent: over all SKUs. */
  readonly skuId?: Id | undefined;
  readonly metric: ClaimMetric;
  readonly low: number;
  readonly high: number;
  readonly statedOn: Day;
  /** Required of `supplyBy`. */
  readonly horizon?: Day | undefined;
  readonly speaker: string;
  readonly source: string;
  readonly quote: string;
}

export type ClaimCommand = RecordClaim;
