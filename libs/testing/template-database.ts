import { migrate } from '#libs/event-store';
import type pg from 'pg';
import { connected, quoted } from './server-statement.ts';
import { schemaFingerprint } from './schema-fingerprint.ts';

/** Any number does: it only has to be the same in every worker. */
const TEMPLATE_LOCK = 7_243_001;

let template: Promise<string> | undefined;

/** Name of the migrated template on this server; the first caller builds it, parallel workers wait for it. */
export function templateDatabase(serverUrl: string): Promise<string> {
  template ??= connected(serverUrl, (client) => agreedTemplate(client, serverUrl));
  return template;
}

async function agreedTemplate(client: pg.Client, serverUrl: string): Promise<string> {
  const name = `waybill_template_${await schemaFingerprint()}`;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  if (!(await exists(client, name))) await build(client, serverUrl, name);
  return name;
}

async function exists(client: pg.Client, name: string): Promise<boolean> {
  const found = await client.query('select 1 from pg_database where datname = $1', [name]);
  return found.rows.length > 0;
}

/** Built under another name: a template that exists is whole, however its builder ended. */
async function build(client: pg.Client, serverUrl: string, name: string): Promise<void> {
  const unfinished = `${name}_unfinished`;
  await client.query(`drop database if exists ${quoted(unfinished)} with (force)`);
  await client.query(`create database ${quoted(unfinished)} template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${unfinished}`;
  await migrate(url.href);
  await client.query(`alter database ${quoted(unfinished)} rename to ${quoted(name)}`);
}
