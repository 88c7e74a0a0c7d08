import type pg from 'pg';

/** Runs `work` between `begin` and the end it asks for; an error rolls back, and a connection that cannot is closed. */
export async function inTransaction<T>(
  pool: pg.Pool,
  begin: 'begin' | 'begin read only',
  work: (client: pg.PoolClient) => Promise<{ result: T; commit: boolean }>,
): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(begin);
    const { result, commit } = await rolledBackOnError(client, () => work(client));
    await client.query(commit ? 'commit' : 'rollback');
    broken = false;
    return result;
  } catch (error) {
    broken = !(error instanceof RolledBack);
    throw error instanceof RolledBack ? error.cause : error;
  } finally {
    client.release(broken);
  }
}

/** The transaction is over and the connection fit for use; `cause` is what happened. */
class RolledBack extends Error {}

async function rolledBackOnError<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await client.query('rollback');
    throw new RolledBack('rolled back', { cause: error });
  }
}
