import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { columnName, type RowTable } from './row-table.ts';

/** Puts rows into `table`, given as lines of {@link copyText}. Throws what PostgreSQL says of them. */
export async function copyIn(client: pg.ClientBase, table: RowTable, lines: readonly Buffer[]): Promise<void> {
  const columns = ['generation', 'ledger', ...Object.keys(table.columns).map(columnName)];
  const copy = client.query(copyFrom(`copy read_rows.${table.name} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(lines), copy);
}
