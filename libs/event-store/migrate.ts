import { existsSync } from 'node:fs';
import path from 'node:path';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { outlivingBreaks } from './broken-connection.ts';
import { createRoles } from './roles.ts';

export interface MigrationStep {
  /** The part whose migrations these are: `event-store`, `access` … */
  readonly part: string;
  /** File names without `.sql`; empty when the part was up to date. */
  readonly applied: readonly string[];
}

/**
 * Brings the database at `ownerUrl` (a superuser, or waybill_owner) to the schema of this release, everything owned by
 * waybill_owner; creates the roles first. Runs that meet wait for one another: start as many processes as you like.
 * Throws what PostgreSQL says when a migration fails; that migration and the later ones have then changed nothing.
 */
export async function migrate(
  ownerUrl: string,
  { onProgress }: { onProgress?: (step: MigrationStep) => void } = {},
): Promise<void> {
  await createRoles(ownerUrl);
  const client = outlivingBreaks(new pg.Client({ connectionString: ownerUrl, application_name: 'waybill-migrate' }));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await becomeOwner(client);
    for (const part of PARTS) {
      const applied = await migratePart(client, part);
      onProgress?.({ part, applied });
    }
  } finally {
    await client.end();
  }
}

/** In the order of what builds on what. */
const PARTS = ['event-store', 'access', 'read-models', 'messaging'].filter((part) => existsSync(sqlDirectory(part)));

/** One lock around all parts and the grants: node-pg-migrate's own is given back between two directories. */
const MIGRATION_LOCK = 7_243_102;

function sqlDirectory(part: string): string {
  return path.resolve(import.meta.dirname, '..', part, 'sql');
}

async function becomeOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ database: string; may_create: boolean }>(
    `select current_database() as database,
            has_database_privilege('waybill_owner', current_database(), 'create') as may_create`,
  );
  const [row] = rows;
  if (row !== undefined && !row.may_create) {
    await client.query(`grant create on database ${pg.escapeIdentifier(row.database)} to waybill_owner`);
  }
  await client.query('set role waybill_owner');
}

async function migratePart(client: pg.Client, part: string): Promise<readonly string[]> {
  const applied = await runner({
    dbClient: client,
    dir: sqlDirectory(part),
    direction: 'up',
    migrationsSchema: 'migrations',
    createMigrationsSchema: true,
    migrationsTable: part.replaceAll('-', '_'),
    noLock: true,
    singleTransaction: true,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return applied.map(({ name }) => name);
}

/** What fails is thrown as well; progress goes through `onProgress`. */
function silent(): void {}
