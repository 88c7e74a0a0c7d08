import type pg from 'pg';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { FIRST_GENERATION } from '../generation.ts';
import { inTransaction } from '../transaction.ts';
import { GENERATION_TABLES } from './compare.ts';
import { GenerationLive, GenerationUnknown } from './errors.ts';
import { whileAlone } from './lock.ts';

/**
 * Removes every row of a generation that is not live. Throws GenerationLive, GenerationUnknown, RebuildUnderWay. `pool`
 * is signed in as waybill_projector.
 */
export function dropGeneration(pool: pg.Pool, ledger: Id, generation: number): Promise<void> {
  return whileAlone(pool, ledger, async () => {
    if (!(await removeGeneration(pool, ledger, generation))) throw new GenerationUnknown(ledger, generation);
  });
}

/** False when there was nothing of it. For who holds the ledger's lock. */
export function removeGeneration(pool: pg.Pool, ledger: Id, generation: number): Promise<boolean> {
  return inTransaction(pool, 'begin', async (client) => {
    const live = await lockLive(client, ledger);
    if (live === generation) throw new GenerationLive(ledger, generation);
    let removed = 0;
    for (const { name } of [
      ...GENERATION_TABLES,
      { name: 'halts' },
      { name: 'completeness' },
      { name: 'checkpoints' },
    ]) {
      const deletion = `delete from read.${name} where generation = $1 and ledger = $2`;
      removed += (await client.query(deletion, [generation, ledger])).rowCount ?? 0;
    }
    const { rowCount } = await client.query(
      `update read.rebuilds
       set dropped_at = now()
       where ledger = $1 and generation = $2 and dropped_at is null`,
      [ledger, generation],
    );
    return removed > 0 || rowCount === 1;
  });
}

/** The live generation, which stays so until the transaction ends: projectors of it wait that long. */
export async function lockLive(client: Queryable, ledger: Id): Promise<number> {
  const { rows } = await client.query<{ active: number }>(
    'select active from read.generations where ledger = $1 for update',
    [ledger],
  );
  return rows[0]?.active ?? FIRST_GENERATION;
}
