import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { BlockTable } from '../event-tables/event-table.ts';
import type { RowTable } from '../rows/row-table.ts';

/** Positions a block: a figure sums fewer contributions than these make, beside one block's sums. Part of a generation. */
export const BLOCK_LENGTH = 4_096;

/** How many blocks end at or before `position`. */
export function blockOf(position: number): number {
  return Math.floor(position / BLOCK_LENGTH);
}

export const POSITION_BLOCKS: BlockTable = {
  name: 'position_blocks',
  keys: ['companyId', 'skuId', 'siteId', 'bucket', 'counterpartyId', 'dueOn'],
  lastKeyIsDay: true,
  sums: ['quantity'],
};

export const POSITION_CONTRIBUTIONS: RowTable = {
  name: 'position_contributions',
  columns: {
    position: 'bigint',
    seq: 'integer',
    companyId: 'text',
    skuId: 'text',
    siteId: 'text',
    bucket: 'text',
    counterpartyId: 'text',
    dueOn: 'date',
    quantity: 'bigint',
    effectiveOn: 'date',
    frontierOn: 'date',
  },
};

/** Writes the sums of every block that ends after `from`, up to `to`; the contributions up to `to` must be there. */
export async function insertBlocks(
  db: Queryable,
  generation: number,
  ledger: Id,
  { from, to }: { from: number; to: number },
): Promise<void> {
  for (let block = blockOf(from) + 1; block * BLOCK_LENGTH <= to; block += 1) {
    await db.query(INSERT_BLOCK, [generation, ledger, block, BLOCK_LENGTH]);
  }
}

// Keys that came to zero stay: they say that units were there. Days on which nothing is due any more go; what is due on a
// day leaves a key without one behind.
const INSERT_BLOCK = `
  with parts as (
    select company_id, sku_id, site_id, bucket, counterparty_id, due_on, quantity
    from read.position_blocks
    where generation = $1 and ledger = $2 and block = $3::bigint - 1
    union all
    select company_id, sku_id, site_id, bucket, counterparty_id, due_on, quantity
    from read.position_contributions
    where generation = $1 and ledger = $2
      and position > ($3::bigint - 1) * $4::bigint
      and position <= $3::bigint * $4::bigint
  ),
  kept as (
    select company_id, sku_id, site_id, bucket, counterparty_id, due_on, sum(quantity) as quantity
    from parts
    group by company_id, sku_id, site_id, bucket, counterparty_id, due_on
    having due_on is null or sum(quantity) <> 0
  ),
  dayless as (
    select company_id, sku_id, site_id, bucket, counterparty_id, null::date, 0
    from parts
    group by company_id, sku_id, site_id, bucket, counterparty_id
    having every(due_on is not null)
  )
  insert into read.position_blocks (
    generation, ledger, block, company_id, sku_id, site_id, bucket, counterparty_id, due_on, quantity
  )
  select $1, $2, $3::bigint, *
  from (
    select * from kept
    union all
    select * from dayless
  ) as sums`;
