import { migrate, openPool, roleUrl, type WaybillRole } from '#libs/event-store';
import pg from 'pg';
import { performance } from 'node:perf_hooks';
import { fillLedger, type Filling } from './fill.ts';

/** The ledger of every dataset. */
export const LEDGER = 'bench';
const SEED = 20_240_604;

export interface Dataset extends Filling {
  /** The database to clone. */
  readonly template: string;
  readonly fillingMs: number;
}

/** A migrated database with the history up to `events`, made unless the server has it: a template that is there is whole. */
export async function datasetOf(serverUrl: string, events: number, say: (text: string) => void): Promise<Dataset> {
  const template = `waybill_dataset_${events}`;
  const server = await connected(serverUrl);
  try {
    const kept = await keptDataset(server, template);
    if (kept !== null) {
      // It may have been made by an earlier release.
      await migrate(onDatabase(serverUrl, template));
      return kept;
    }
    return await made(server, { serverUrl, template, events, say });
  } finally {
    await server.end();
  }
}

interface Making {
  readonly serverUrl: string;
  readonly template: string;
  readonly events: number;
  readonly say: (text: string) => void;
}

async function made(server: pg.Client, { serverUrl, template, events, say }: Making): Promise<Dataset> {
  const unfinished = `${template}_unfinished`;
  await server.query(`drop database if exists ${unfinished} with (force)`);
  await server.query(`create database ${unfinished} template template0`);
  const ownerUrl = onDatabase(serverUrl, unfinished);
  await migrate(ownerUrl);
  const startMs = performance.now();
  const filling = await filled(ownerUrl, events, (soFar) => {
    const perSecond = (soFar.events / (performance.now() - startMs)) * 1_000;
    say(`dataset ${rounded(soFar.events)} of ${rounded(events)} events, ${rounded(perSecond)}/s`);
  });
  const dataset = { ...filling, template, fillingMs: Math.round(performance.now() - startMs) };
  await onConnection(ownerUrl, (client) => client.query('vacuum (analyze)'));
  await server.query(`comment on database ${unfinished} is ${pg.escapeLiteral(JSON.stringify(dataset))}`);
  await server.query(`alter database ${unfinished} rename to ${template}`);
  return dataset;
}

async function filled(ownerUrl: string, events: number, onProgress: (filling: Filling) => void): Promise<Filling> {
  const pool = rolePool(ownerUrl, 'waybill_writer', 2);
  try {
    return await fillLedger(pool, { ledger: LEDGER, events, seed: SEED }, onProgress);
  } finally {
    await pool.end();
  }
}

/** What a dataset says of itself stands on its database. */
async function keptDataset(server: pg.Client, template: string): Promise<Dataset | null> {
  const { rows } = await server.query<{ said: string }>(
    `select shobj_description(oid, 'pg_database') as said from pg_database where datname = $1`,
    [template],
  );
  return rows[0] === undefined ? null : (JSON.parse(rows[0].said) as Dataset);
}

/** A pool as one role of a Waybill database; a broken connection ends the benchmark. */
export function rolePool(ownerUrl: string, role: WaybillRole, maxConnections: number): pg.Pool {
  return openPool(roleUrl(ownerUrl, role), {
    applicationName: 'waybill-bench',
    maxConnections,
    onIdleError: (error) => {
      throw error;
    },
  });
}

export function onDatabase(serverUrl: string, name: string): string {
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function onConnection<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = await connected(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function rounded(figure: number): string {
  return Math.round(figure).toLocaleString('en-GB');
}
