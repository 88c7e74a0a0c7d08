import { randomUUID } from 'node:crypto';
import { outlivingBreaks, roleUrl, type WaybillRole } from '#libs/event-store';
import pg from 'pg';
import { requiredEnvironment } from './environment.ts';
import { execute, quoted } from './server-statement.ts';
import { templateDatabase } from './template-database.ts';

/** A database of its own, migrated, empty, and gone after `drop()`. */
export interface TestDatabase {
  readonly name: string;
  /** Superuser of the test server on this database: what migrations run as. */
  readonly ownerUrl: string;
  url(role: WaybillRole): string;
  /** One pool a role, made at the first call and ended by `drop()`. */
  pool(role: WaybillRole): pg.Pool;
  drop(): Promise<void>;
}

/**
 * Clones a migrated database from a template that all Jest workers agree on (as graphile/worker's tests do).
 * Throws `MissingTestServerError` when WAYBILL_TEST_DATABASE_URL names no server.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = requiredEnvironment('WAYBILL_TEST_DATABASE_URL');
  const template = await templateDatabase(serverUrl);
  const name = `waybill_test_${randomUUID().replaceAll('-', '')}`;
  await execute(serverUrl, `create database ${quoted(name)} template ${quoted(template)}`);
  return opened(serverUrl, name);
}

function opened(serverUrl: string, name: string): TestDatabase {
  const pools = new Map<WaybillRole, pg.Pool>();
  const ownerUrl = onDatabase(serverUrl, name);
  const url = (role: WaybillRole) => roleUrl(ownerUrl, role);
  return {
    name,
    ownerUrl,
    url,
    pool(role) {
      const pool =
        pools.get(role) ?? new pg.Pool({ connectionString: url(role), max: 10 }).on('connect', outlivingBreaks);
      pools.set(role, pool);
      return pool;
    },
    async drop() {
      await Promise.all([...pools.values()].map(ended));
      pools.clear();
      await execute(serverUrl, `drop database if exists ${quoted(name)} with (force)`);
    },
  };
}

/** pg calls a pool ended while its last connections still close: `drop … with (force)` may break those, unheard. */
function ended(pool: pg.Pool): Promise<void> {
  pool.on('error', () => undefined);
  return pool.end();
}

function onDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
