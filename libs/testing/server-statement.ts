import pg from 'pg';

/** Runs one statement on a connection of its own: `create database` may stand in no transaction. */
export async function execute(url: string, statement: string, values: unknown[] = []): Promise<pg.QueryResult> {
  return connected(url, (client) => client.query(statement, values));
}

export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function quoted(identifier: string): string {
  return pg.escapeIdentifier(identifier);
}
