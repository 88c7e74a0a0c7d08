import type pg from 'pg';
import { EVENT_TABLES } from '../event-tables/event-tables.ts';
import { insertBlocks } from '../event-tables/insert.ts';
import { blockOf, insertBlocks as insertPositionBlocks } from '../positions/insert.ts';
import type { TableRows } from '../rows/row-table.ts';
import { inTransaction } from '../transaction.ts';
import { rowsOf } from './batch-rows.ts';
import { moveCheckpoint, type Checkpoint, type CheckpointMove, type Target } from './checkpoint.ts';
import { CopiedRows } from './copied-rows.ts';
import type { FoldedBatch } from './fold-batch.ts';
import { clearHalt } from './halt.ts';
import { writeAtOnce } from './write-at-once.ts';

/**
 * Writes what the events after `from` made, and moves the checkpoint, in one transaction. False, and nothing written,
 * when the checkpoint stands elsewhere or another generation is live: someone was faster.
 */
export function writeBatch(pool: pg.Pool, target: Target, from: Checkpoint, batch: FoldedBatch): Promise<boolean> {
  const tables = rowsOf(batch);
  const range = { from, to: batch.checkpoint };
  if (isSmall(range, tables)) return writeAtOnce(pool, target, range, tables);
  const rows = new CopiedRows(target.generation, target.ledger);
  rows.add(tables);
  return writeRows(pool, target, range, rows);
}

/** Some rows that end no block, after the first events of the ledger: they opened its checkpoint. */
function isSmall({ from, to }: CheckpointMove, tables: readonly TableRows[]): boolean {
  if (from.position === 0 || blockOf(from.position) !== blockOf(to.position)) return false;
  return tables.reduce((sum, { rows }) => sum + rows.length, 0) <= AT_ONCE_ROWS;
}

/** Beyond some hundred rows copying them is cheaper, for all its round trips. */
const AT_ONCE_ROWS = 500;

/** Writes `rows`, which the events after `from` up to `to` made, as {@link writeBatch} does. */
export function writeRows(
  pool: pg.Pool,
  target: Target,
  { from, to }: CheckpointMove,
  rows: CopiedRows,
): Promise<boolean> {
  return inTransaction(pool, 'begin', async (client) => {
    const moved = await moveCheckpoint(client, target, { from, to });
    if (moved) {
      await rows.write(client);
      await insertAllBlocks(client, target, { from: from.position, to: to.position });
      await clearHalt(client, target.generation, target.ledger, to.position);
    }
    return moved;
  });
}

async function insertAllBlocks(
  client: pg.PoolClient,
  { generation, ledger }: Target,
  range: { readonly from: number; readonly to: number },
): Promise<void> {
  await insertPositionBlocks(client, generation, ledger, range);
  for (const table of EVENT_TABLES) await insertBlocks(client, generation, ledger, table, range);
}
