import type pg from 'pg';
import { insertLineContributions, insertVersions } from '../delivery-schedule/insert.ts';
import { insertBlocks, insertContributions } from '../positions/insert.ts';
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
    if (moved) await insertRows(client, target, from, batch);
    return moved;
  });
}

async function insertRows(
  client: pg.PoolClient,
  { generation, ledger }: Target,
  from: Checkpoint,
  batch: FoldedBatch,
): Promise<void> {
  await insertContributions(client, generation, ledger, batch.contributions);
  await insertBlocks(client, generation, ledger, { from: from.position, to: batch.checkpoint.position });
  await insertVersions(client, generation, ledger, batch.versions);
  await insertLineContributions(client, generation, ledger, batch.lineContributions);
  await clearHalt(client, generation, ledger, batch.checkpoint.position);
}
