import type { Queryable } from '#libs/event-store';
import { exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { EFFECTIVE_PARTS } from './effective-parts.ts';
import { BLOCK_LENGTH } from './insert.ts';
import type { Bucket } from './movement.ts';

/** Units of a company and SKU, in all or, with `bySite`, at one site; null there: not yet placed, or of no site. */
export type PositionItem = Readonly<Record<Bucket, ExactInteger>> & {
  readonly companyId: Id;
  readonly skuId: Id;
  /** Only with `bySite`. */
  readonly siteId?: Id | null;
  /** Units that other companies owe this one, pair by pair; no site's: 0 beside a site. */
  readonly owedTo: ExactInteger;
  readonly owedBy: ExactInteger;
};

export interface PositionFilter {
  readonly validAt?: Day | null | undefined;
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
  readonly siteId?: Id | undefined;
  readonly bySite?: boolean | undefined;
}

/** Positions as of `asOfPosition` and `validAt`, by company, SKU and site; rows only where units ever were. */
export async function selectPositions(
  db: Queryable,
  generation: number,
  ledger: Id,
  asOfPosition: number,
  { validAt, companyId, skuId, siteId, bySite = false }: PositionFilter,
): Promise<readonly PositionItem[]> {
  const { rows } = await db.query<PositionColumns>(SELECT_POSITIONS, [
    generation,
    ledger,
    asOfPosition,
    validAt ?? null,
    BLOCK_LENGTH,
    companyId ?? null,
    skuId ?? null,
    siteId ?? null,
    bySite,
  ]);
  return rows.map((row) => itemOf(row, bySite));
}

const SELECT_POSITIONS = `
  ${EFFECTIVE_PARTS},
  sums as (
    select company_id, sku_id, case when $9 then site_id end as site_id, bucket, counterparty_id,
           sum(quantity) as quantity
    from parts
    where ($6::text is null or company_id = $6)
      and ($7::text is null or sku_id = $7)
      and ($8::text is null or site_id = $8)
    group by 1, 2, 3, 4, 5
  )
  select company_id, sku_id, site_id,
         coalesce(sum(quantity) filter (where bucket = 'open'), 0) as open,
         coalesce(sum(quantity) filter (where bucket = 'inTransit'), 0) as "inTransit",
         coalesce(sum(quantity) filter (where bucket = 'atDock'), 0) as "atDock",
         coalesce(sum(quantity) filter (where bucket = 'accepted'), 0) as accepted,
         coalesce(sum(quantity) filter (where bucket = 'short'), 0) as short,
         coalesce(sum(quantity) filter (where bucket = 'rejected'), 0) as rejected,
         coalesce(sum(quantity) filter (where bucket = 'cancelled'), 0) as cancelled,
         coalesce(sum(quantity) filter (where bucket = 'over'), 0) as over,
         coalesce(sum(quantity) filter (where bucket = 'energised'), 0) as energised,
         coalesce(sum(greatest(quantity, 0)) filter (where bucket = 'owed'), 0) as "owedTo",
         coalesce(sum(greatest(-quantity, 0)) filter (where bucket = 'owed'), 0) as "owedBy"
  from sums
  group by company_id, sku_id, site_id
  order by company_id, sku_id, site_id nulls first`;

type PositionColumns = Record<Bucket | 'owedTo' | 'owedBy', string> & {
  readonly company_id: string;
  readonly sku_id: string;
  readonly site_id: string | null;
};

function itemOf(row: PositionColumns, bySite: boolean): PositionItem {
  return {
    companyId: row.company_id,
    skuId: row.sku_id,
    ...(bySite ? { siteId: row.site_id } : {}),
    open: exactInteger(row.open),
    inTransit: exactInteger(row.inTransit),
    atDock: exactInteger(row.atDock),
    accepted: exactInteger(row.accepted),
    energised: exactInteger(row.energised),
    short: exactInteger(row.short),
    rejected: exactInteger(row.rejected),
    cancelled: exactInteger(row.cancelled),
    over: exactInteger(row.over),
    owedTo: exactInteger(row.owedTo),
    owedBy: exactInteger(row.owedBy),
  };
}
