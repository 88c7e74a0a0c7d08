import type pg from 'pg';
import { insertion } from '../rows/recordset.ts';
import type { TableRows } from '../rows/row-table.ts';
import { onConnection } from '../transaction.ts';
import { MOVE_PARAMETERS, MOVED, moveParameters, type CheckpointMove, type Target } from './checkpoint.ts';

/**
 * Moves the checkpoint and writes `tables` in one statement, which is its own transaction: of a few rows most of the time is spent
 * on the way there and back. False, and nothing written, as of {@link moveCheckpoint}.
 */
export async function writeAtOnce(
  pool: pg.Pool,
  target: Target,
  range: CheckpointMove,
  tables: readonly TableRows[],
): Promise<boolean> {
  const written = tables.filter(({ rows }) => rows.length > 0);
  const statement = {
    name: `project ${tables.map(({ rows }) => (rows.length > 0 ? '+' : '-')).join('')}`,
    text: statementOf(written),
    values: [...moveParameters(target, range), ...written.map(({ rows }) => JSON.stringify(rows))],
  };
  const { rows } = await onConnection(pool, (client) => client.query<{ moved: boolean }>(statement));
  return rows[0]?.moved === true;
}

/** Everything waits for `moved`: whoever comes second finds the checkpoint moved, and writes nothing. */
function statementOf(written: readonly TableRows[]): string {
  const only = 'exists (select from moved)';
  const parts = written.map(({ table }, index) => {
    const rows = `$${MOVE_PARAMETERS + 1 + index}`;
    return `${table.name} as (${insertion(table, { rows, only })})`;
  });
  return `
    with ${[MOVED, ...parts, CLEARED].join(',')}
    select exists (select from moved) as moved`;
}

const CLEARED = `
  cleared as (
    delete from read.halts
    where generation = $1 and ledger = $2 and position <= $5 and exists (select from moved)
  )`;
