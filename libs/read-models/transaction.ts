import { unavailable } from '#libs/event-store';
import type pg from 'pg';

/**
 * Runs `work` between `begin` and `commit`. An error of `work` rolls back and is thrown; a connection that
 * broke is closed, whether or not the server committed; then DatabaseUnavailable is thrown.
 */
export function inTransaction<T>(
  pool: pg.Pool,
  begin: 'begin' | 'begin read only',
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return onConnection(pool, async (client) => {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  });
}

/** Runs `work` on a connection of the pool; what an error of `work` left open is rolled back. Throws as {@link inTransaction}. */
export async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    broken = await rollbackFailure(client);
    throw broken === undefined ? error : unavailable(error);
  } finally {
    client.release(broken);
  }
}

/** What keeps the connection from being used again: its rollback failed. The first error is the one that is told. */
async function rollbackFailure(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed', { cause: error });
  }
}
