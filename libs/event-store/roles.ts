import pg from 'pg';
import { outlivingBreaks } from './broken-connection.ts';
import { scramVerifier } from './scram-verifier.ts';

/** Who works on a Waybill database; each process signs in as one, the owner only migrates. */
export const WAYBILL_ROLES = [
  'waybill_owner',
  'waybill_writer',
  'waybill_relay',
  'waybill_projector',
  'waybill_query',
  'waybill_auditor',
] as const;

export type WaybillRole = (typeof WAYBILL_ROLES)[number];

/** `ownerUrl` with `role` as its user, and `password`, or none, as the password. */
export function roleUrl(ownerUrl: string, role: WaybillRole, password?: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password ?? '');
  return url.href;
}

/** Creates the roles that are missing in the server that `ownerUrl` names. Safe to run from many processes at once. */
export async function createRoles(ownerUrl: string): Promise<void> {
  await withRolesLocked(ownerUrl, async (client) => {
    const found = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
      WAYBILL_ROLES,
    ]);
    const existing = new Set(found.rows.map((row) => row.rolname));
    for (const role of WAYBILL_ROLES.filter((each) => !existing.has(each))) {
      await client.query(`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole`);
    }
  });
}

/** Sets the passwords of the roles named; the server sees only their SCRAM verifiers, so no log can show a password. */
export async function setRolePasswords(
  ownerUrl: string,
  passwords: Readonly<Partial<Record<WaybillRole, string>>>,
): Promise<void> {
  await withRolesLocked(ownerUrl, async (client) => {
    for (const [role, password] of Object.entries(passwords)) {
      const verifier = pg.escapeLiteral(scramVerifier(password));
      await client.query(`alter role ${pg.escapeIdentifier(role)} password ${verifier}`);
    }
  });
}

/** Any number does, as long as nothing else in database `postgres` uses it. */
const ROLES_LOCK = 7_243_101;

/**
 * Roles belong to the whole server, advisory locks to one database: so those who migrate different databases meet in
 * database `postgres`. Without the lock, two that create or alter one role fail with "tuple concurrently updated".
 */
async function withRolesLocked(ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const url = new URL(ownerUrl);
  url.pathname = '/postgres';
  const client = outlivingBreaks(new pg.Client({ connectionString: url.href, application_name: 'waybill-roles' }));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ROLES_LOCK]);
    await work(client);
  } finally {
    await client.end();
  }
}
