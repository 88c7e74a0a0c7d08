import pg from 'pg';

/**
 * Holds the ledger's row lock while `work` catches up, decides and appends: nobody can be faster then. For a writer that
 * lost the race twice; the fair way costs three round trips more than ledger.append alone, and a client that pauses while holding the lock stops
 * the ledger, so the server ends the transaction after 2 s of silence or 5 s in all.
 * A connection on which anything failed is closed, which rolls back.
 */
export async function underLock<Result>(
  pool: pg.Pool,
  ledger: string,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(lockStatement(ledger));
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** One trip: a statement list takes no parameters. */
function lockStatement(ledger: string): string {
  return `
    begin isolation level read committed;
    set local transaction_timeout = '5s';
    set local idle_in_transaction_session_timeout = '2s';
    select ledger.lock_ledger(${pg.escapeLiteral(ledger)})`;
}
