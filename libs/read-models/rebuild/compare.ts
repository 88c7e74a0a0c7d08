import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { EventTable } from '../event-tables/event-table.ts';
import { EVENT_TABLES } from '../event-tables/event-tables.ts';
import { BLOCK_LENGTH } from '../positions/insert.ts';
import { columnName } from '../rows/row-table.ts';
import { differences, type ReadModelDifference } from '../verification/difference.ts';

/** Two generations of a ledger, and the positions after `after` whose rows are compared. */
export interface ComparedStretch {
  readonly ledger: Id;
  readonly built: number;
  readonly live: number;
  readonly after: number;
  /** Rows of the generation built up to here. */
  readonly builtUpTo: number;
  /** Rows of the live one up to here; null: all, also of events that it has not read. */
  readonly liveUpTo: number | null;
}

/** Where two generations differ, row by row and key by key: `expected` is what was built, `found` what is live. */
export async function comparedGenerations(
  db: Queryable,
  stretch: ComparedStretch,
): Promise<readonly ReadModelDifference[]> {
  const found: ReadModelDifference[] = [];
  for (const table of GENERATION_TABLES) {
    const { ledger, built, live, after, builtUpTo, liveUpTo } = stretch;
    const { rows } = await db.query<DifferingRow>(differingRows(table), [
      built,
      live,
      ledger,
      after,
      builtUpTo,
      liveUpTo,
    ]);
    const side = (name: DifferingRow['side']) =>
      new Map(rows.filter((each) => each.side === name).map(({ row }) => [keyOf(table, row), row]));
    found.push(...differences(table.name, side('built'), side('live')));
  }
  return found;
}

interface GenerationTable {
  readonly name: string;
  /** The last position that a row speaks of. */
  readonly position: string;
  readonly key: readonly string[];
  readonly others: readonly string[];
}

/** Every table whose rows belong to a generation, with all columns but `generation` and `ledger`. */
export const GENERATION_TABLES: readonly GenerationTable[] = [
  {
    name: 'position_contributions',
    position: 'position',
    key: ['position', 'seq'],
    others: [
      ...['company_id', 'sku_id', 'site_id', 'bucket', 'counterparty_id', 'due_on'],
      ...['quantity', 'effective_on', 'frontier_on'],
    ],
  },
  {
    name: 'position_blocks',
    position: `block * ${BLOCK_LENGTH}`,
    key: ['block', 'company_id', 'sku_id', 'site_id', 'bucket', 'counterparty_id', 'due_on'],
    others: ['quantity'],
  },
  {
    name: 'delivery_versions',
    position: 'position',
    key: ['position', 'line_id', 'effective_on', 'withdrawn'],
    others: [
      ...['audience', 'order_id', 'tranche_id', 'shipment_id', 'ordering_company_id', 'company_id'],
      ...['billed_company_id', 'supplier_id', 'sku_id', 'site_id', 'status', 'requested_on', 'first_promised_on'],
      ...['promised_on', 'expected_on', 'actual_on', 'quantity', 'date_changes', 'causes'],
    ],
  },
  {
    name: 'delivery_contributions',
    position: 'position',
    key: ['position', 'seq'],
    others: ['line_id', 'measure', 'effective_on', 'amount', 'audience'],
  },
  ...EVENT_TABLES.flatMap(tablesOf),
];

function tablesOf({ name, columns, blocks }: EventTable): readonly GenerationTable[] {
  const own = Object.keys(columns).map(columnName);
  const rows = { name, position: 'position', key: ['position', 'seq'], others: ['effective_on', ...own] };
  if (blocks === undefined) return [rows];
  const key = ['block', ...blocks.keys.map(columnName)];
  const sums = { name: blocks.name, position: `block * ${BLOCK_LENGTH}`, key, others: blocks.sums.map(columnName) };
  return [rows, sums];
}

interface DifferingRow {
  readonly side: 'built' | 'live';
  readonly row: object;
}

function differingRows({ name, position, key, others }: GenerationTable): string {
  const columns = [...key, ...others].join(', ');
  const rowsOf = (generation: string, upTo: string) => `
    select ${columns}
    from read.${name}
    where generation = ${generation} and ledger = $3
      and ${position} > $4::bigint and (${upTo}::bigint is null or ${position} <= ${upTo}::bigint)`;
  return `
    with built as materialized (${rowsOf('$1', '$5')}),
    live as materialized (${rowsOf('$2', '$6')}),
    missing as (select * from built except all select * from live),
    surplus as (select * from live except all select * from built)
    select 'built' as side, to_jsonb(missing) as row from missing
    union all
    select 'live', to_jsonb(surplus) from surplus`;
}

function keyOf({ key }: GenerationTable, row: object): string {
  return key.map((column) => String(Reflect.get(row, column) ?? '-')).join(' ');
}
