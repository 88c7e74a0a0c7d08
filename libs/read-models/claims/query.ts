import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { EFFECTIVE_PARTS } from '../positions/effective-parts.ts';
import { BLOCK_LENGTH } from '../positions/insert.ts';
import type { ClaimRow } from './table.ts';

export interface ClaimFilter {
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
  /** Claims after this one, in the order of their ids. */
  readonly afterClaimId?: Id | undefined;
  /** Claims at most. */
  readonly limit: number;
}

export interface Moment {
  readonly generation: number;
  readonly ledger: Id;
  readonly asOfPosition: number;
}

/** Units of a company in a bucket, due on a day where the bucket has one; digits. */
export interface HeldUnits {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly bucket: 'open' | 'inTransit' | 'atDock' | 'accepted' | 'energised';
  readonly dueOn: Day | null;
  readonly units: string;
}

/** The claims recorded as of a position, in the order of their ids. */
export async function selectClaims(
  db: Queryable,
  { generation, ledger, asOfPosition }: Moment,
  { companyId, skuId, afterClaimId, limit }: ClaimFilter,
): Promise<readonly ClaimRow[]> {
  const asked = [generation, ledger, asOfPosition, companyId ?? null, skuId ?? null, afterClaimId ?? '', limit];
  return (await db.query<ClaimRow>(SELECT_CLAIMS, asked)).rows;
}

/** What the companies named hold and expect, as of a position and a day (null: all days). */
export async function selectHeldUnits(
  db: Queryable,
  { generation, ledger, asOfPosition }: Moment,
  validAt: Day | null,
  companyIds: readonly Id[],
): Promise<readonly HeldUnits[]> {
  const asked = [generation, ledger, asOfPosition, validAt, BLOCK_LENGTH, companyIds];
  return (await db.query<HeldUnits>(SELECT_HELD_UNITS, asked)).rows;
}

// No figure of an event is beyond the safe integers, so a double holds it.
const SELECT_CLAIMS = `
  select claim_id as "claimId", company_id as "companyId", sku_id as "skuId", metric,
         low::double precision as low, high::double precision as high,
         stated_on::text as "statedOn", horizon::text as horizon, speaker, source, quote
  from read.claims
  where generation = $1 and ledger = $2 and claim_id > $6
    and position <= $3
    and ($4::text is null or company_id = $4)
    and ($5::text is null or sku_id = $5)
  order by claim_id
  limit $7`;

const SELECT_HELD_UNITS = `
  ${EFFECTIVE_PARTS}
  select company_id as "companyId", sku_id as "skuId", bucket, due_on::text as "dueOn", sum(quantity)::text as units
  from parts
  where company_id = any ($6::text[])
    and bucket in ('open', 'inTransit', 'atDock', 'accepted', 'energised')
  group by company_id, sku_id, bucket, due_on`;
