import { DELIVERY_CONTRIBUTIONS, DELIVERY_VERSIONS, flatVersion } from '../delivery-schedule/tables.ts';
import { wholeTable } from '../event-tables/event-table.ts';
import { EVENT_TABLES } from '../event-tables/event-tables.ts';
import { POSITION_CONTRIBUTIONS } from '../positions/insert.ts';
import type { RowTable, TableRows } from '../rows/row-table.ts';
import type { FoldedBatch } from './fold-batch.ts';

const EVENT_ROWS = EVENT_TABLES.map((table) => ({ table, whole: wholeTable(table) }));

/** The tables of rows that events make, each row once: all but the sums of blocks. */
export const ROW_TABLES: readonly RowTable[] = [
  POSITION_CONTRIBUTIONS,
  DELIVERY_VERSIONS,
  DELIVERY_CONTRIBUTIONS,
  ...EVENT_ROWS.map(({ whole }) => whole),
];

/** What `batch` writes to each of {@link ROW_TABLES}, in their order. */
export function rowsOf({ contributions, versions, lineContributions, rows }: FoldedBatch): readonly TableRows[] {
  return [
    { table: POSITION_CONTRIBUTIONS, rows: contributions },
    { table: DELIVERY_VERSIONS, rows: versions.map(flatVersion) },
    { table: DELIVERY_CONTRIBUTIONS, rows: lineContributions },
    ...EVENT_ROWS.map(({ table, whole }) => ({ table: whole, rows: rows.get(table) ?? [] })),
  ];
}
