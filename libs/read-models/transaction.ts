import { unavailable } from '#libs/event-store';
import type pg from 'pg';

/**
 * Runs `work` between `begin` and `commit`. An error of `work` rolls back and is thrown; a connection that
 * broke is closed, whether or not the server committed; then DatabaseUnavailable is thrown.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  begin: 'begin' | 'begin read only',
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
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
