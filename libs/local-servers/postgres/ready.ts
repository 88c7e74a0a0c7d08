import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ServerStartError } from '../errors.ts';
import type { SupervisedProcess } from '../processes/supervised-process.ts';

/** Recovery after a crash can take its time. */
const READY_WITHIN_MS = 120_000;
/** connection refused or reset while it opens its port; 57P03 cannot_connect_now: starting up or recovering. */
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03']);

/** Waits until the server answers, makes the database when absent, and returns the superuser's URL on it. */
export async function untilAnswering(
  server: SupervisedProcess,
  { port, password, database }: { port: number; password: string; database: string },
): Promise<string> {
  const url = new URL(`postgresql://postgres@127.0.0.1:${String(port)}/postgres`);
  url.password = password;
  try {
    const client = await connected(server, url.href, Date.now() + READY_WITHIN_MS);
    await ensureDatabase(client, database);
    await client.end();
  } catch (error) {
    await server.stop();
    throw error;
  }
  url.pathname = `/${database}`;
  return url.href;
}

async function connected(server: SupervisedProcess, url: string, deadlineMs: number): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      const last = server.hasExited() || Date.now() > deadlineMs;
      if (last || !NOT_YET.has((error as { code?: string }).code ?? '')) {
        throw new ServerStartError('PostgreSQL', server.lastLines(), { cause: error });
      }
    }
    await delay(30);
  }
}

async function ensureDatabase(client: pg.Client, database: string): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [database]);
  if (found.rows.length === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
}
