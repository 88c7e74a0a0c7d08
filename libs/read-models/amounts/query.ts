import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { BLOCK_LENGTH } from '../positions/insert.ts';

export interface AmountFilter {
  readonly validAt?: Day | null | undefined;
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
}

/** A company's account as of a position and a day; digits, as PostgreSQL sums without bound. */
export interface AccountSum {
  readonly measure: string;
  readonly companyId: Id;
  readonly skuId: Id | null;
  readonly amount: string;
  readonly worth: string | null;
}

/** The sums of every account whose measure begins with one of `prefixes`, by company, SKU and measure. */
export async function selectAmounts(
  db: Queryable,
  { generation, ledger, asOfPosition }: { generation: number; ledger: Id; asOfPosition: number },
  prefixes: readonly string[],
  { validAt, companyId, skuId }: AmountFilter,
): Promise<readonly AccountSum[]> {
  const { rows } = await db.query<AccountSum>(SELECT_AMOUNTS, [
    generation,
    ledger,
    asOfPosition,
    validAt ?? null,
    companyId ?? null,
    skuId ?? null,
    prefixes,
    BLOCK_LENGTH,
  ]);
  return rows;
}

// As in the positions report: what is effective by a day is a prefix of the ledger, a block and the rows since it, and the
// few later rows that were recorded late.
const SELECT_AMOUNTS = `
  with prefix as materialized (
    select case
      when $4::date is null then $3::bigint
      else least($3::bigint, coalesce((
        select position
        from read.amounts
        where generation = $1 and ledger = $2 and frontier_on <= $4::date
        order by frontier_on desc, position desc
        limit 1
      ), 0))
    end as position
  ),
  parts as (
    select measure, company_id, sku_id, amount, worth
    from read.amount_blocks
    where generation = $1 and ledger = $2 and block = (select position / $8::bigint from prefix)
    union all
    select measure, company_id, sku_id, amount, worth
    from read.amounts
    where generation = $1 and ledger = $2
      and position > (select position / $8::bigint * $8::bigint from prefix)
      and position <= (select position from prefix)
    union all
    select measure, company_id, sku_id, amount, worth
    from read.amounts
    where generation = $1 and ledger = $2
      and effective_on < frontier_on and effective_on <= $4::date
      and position > (select position from prefix) and position <= $3::bigint
  )
  select measure, company_id as "companyId", sku_id as "skuId", sum(amount)::text as amount, sum(worth)::text as worth
  from parts
  where ($5::text is null or company_id = $5)
    and ($6::text is null or sku_id = $6)
    and exists (select from unnest($7::text[]) as wanted (prefix) where starts_with(measure, prefix))
  group by measure, company_id, sku_id
  order by company_id, sku_id, measure`;
