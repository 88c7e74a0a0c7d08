import type pg from 'pg';
import { insertLineContributions, insertVersions } from '../delivery-schedule/insert.ts';
import { insertBlocks, insertRows } from '../event-tables/insert.ts';
import { insertBlocks as insertPositionBlocks, insertContributions } from '../positions/insert.ts';
import { inTransaction } from '../transaction.ts';
import { moveCheckpoint, type Checkpoint, type Target } from './checkpoint.ts';
import type { FoldedBatch } from './fold-batch.ts';
import { clearHalt } from './halt.ts';

/**
 * Writes what the events after `from` made, and moves the checkpoint, in one transaction. False, and nothing written,
 * when the checkpoint stands elsewhere or another generation is live: someone was faster.
 */
export function writeBatch(pool: pg.Pool, target: Target, from: Checkpoint, batch: FoldedBatch): Promise<boolean> {
  return inTransaction(pool, 'begin', async (client) => {
    const moved = await moveCheckpoint(client, target, { from, to: batch.checkpoint });
    if (moved) await insertAll(client, target, from, batch);
    return moved;
  });
}

async function insertAll(
  client: pg.PoolClient,
  { generation, ledger }: Target,
  from: Checkpoint,
  batch: FoldedBatch,
): Promise<void> {
  await insertContributions(client, generation, ledger, batch.contributions);
  await insertPositionBlocks(client, generation, ledger, { from: from.position, to: batch.checkpoint.position });
  await insertVersions(client, generation, ledger, batch.versions);
  await insertLineContributions(client, generation, ledger, batch.lineContributions);
  for (const [table, rows] of batch.rows) {
    await insertRows(client, generation, ledger, table, rows);
    await insertBlocks(client, generation, ledger, table, { from: from.position, to: batch.checkpoint.position });
  }
  await clearHalt(client, generation, ledger, batch.checkpoint.position);
}
