import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { BLOCK_LENGTH, blockOf } from '../positions/insert.ts';
import { columnName } from '../rows/row-table.ts';
import type { EventTable } from './event-table.ts';

/** Writes the sums of every block that ends after `from`, up to `to`; the rows up to `to` must be there. */
export async function insertBlocks(
  db: Queryable,
  generation: number,
  ledger: Id,
  table: EventTable,
  { from, to }: { from: number; to: number },
): Promise<void> {
  if (table.blocks === undefined) return;
  for (let block = blockOf(from) + 1; block * BLOCK_LENGTH <= to; block += 1) {
    await db.query(blockInsertion(table.name, table.blocks), [generation, ledger, block, BLOCK_LENGTH]);
  }
}

function blockInsertion(table: string, { name, keys, sums }: NonNullable<EventTable['blocks']>): string {
  const key = keys.map(columnName).join(', ');
  const sum = sums.map(columnName);
  return `
    with parts as (
      select ${key}, ${sum.join(', ')}
      from read.${name}
      where generation = $1 and ledger = $2 and block = $3::bigint - 1
      union all
      select ${key}, ${sum.join(', ')}
      from read.${table}
      where generation = $1 and ledger = $2
        and position > ($3::bigint - 1) * $4::bigint and position <= $3::bigint * $4::bigint
    )
    insert into read.${name} (generation, ledger, block, ${key}, ${sum.join(', ')})
    select $1, $2, $3, ${key}, ${sum.map((each) => `sum(${each})`).join(', ')}
    from parts
    group by ${key}`;
}
