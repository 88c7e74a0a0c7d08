import type pg from 'pg';
import type { Id } from '#libs/kernel';
import { RebuildUnderWay } from './errors.ts';

/**
 * Runs `work` while no other process rebuilds or drops generations of `ledger`. The lock is the connection's: it ends
 * with a process that is killed. Throws RebuildUnderWay at once when another has it.
 */
export async function whileAlone<T>(pool: pg.Pool, ledger: Id, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isLocked = false;
  // A connection that breaks takes the lock with it; the unlock below meets that, and a switch asks for the record.
  try {
    const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${KEY}) as taken`, [ledger]);
    isLocked = rows[0]?.taken === true;
    if (!isLocked) throw new RebuildUnderWay(ledger);
    return await work();
  } finally {
    const failure = isLocked ? await unlocked(client, ledger) : null;
    client.release(failure ?? undefined);
  }
}

const KEY = `hashtextextended('waybill rebuild ' || $1, 0)`;

/** What keeps the connection, and the lock on it, from being kept. */
async function unlocked(client: pg.PoolClient, ledger: Id): Promise<Error | null> {
  try {
    await client.query(`select pg_advisory_unlock(${KEY})`, [ledger]);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error('unlock failed', { cause: error });
  }
}
