import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Runs `work` on a fresh database of the server, or a copy of `template`, and drops it. */
export async function onFreshDatabase<Result>(
  serverUrl: string,
  work: (url: string) => Promise<Result>,
  template = 'template0',
): Promise<Result> {
  const name = `waybill_bench_${randomUUID().replaceAll('-', '')}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  try {
    await server.query(`create database ${name} template ${template} strategy file_copy`);
    return await work(Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href);
  } finally {
    await untilAlone(server, name);
    await server.query(`drop database if exists ${name}`);
    await server.end();
  }
}

/** A pool that ended has still to say good-bye on the wire. */
async function untilAlone(server: pg.Client, name: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { rows } = await server.query('select 1 from pg_stat_activity where datname = $1 limit 1', [name]);
    if (rows.length === 0) return;
    await sleep(50);
  }
}

/** What the figures depend on. */
export async function serverSettings(serverUrl: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings
      where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_compression', 'shared_buffers')
      order by name`,
  );
  await client.end();
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}
