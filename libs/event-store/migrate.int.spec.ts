import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  assertDurable,
  assertLeastPrivilege,
  migrate,
  RoleTooPowerful,
  roleUrl,
  ServerNotDurable,
  setRolePasswords,
  WAYBILL_ROLES,
} from './index.ts';
import { scramVerifier } from './scram-verifier.ts';

const serverUrl = process.env['WAYBILL_TEST_DATABASE_URL'] ?? '';

describe('migrate', () => {
  const name = `waybill_migrate_${randomUUID().replaceAll('-', '')}`;
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const server = new pg.Pool({ connectionString: serverUrl, max: 1 });
  const database = new pg.Client({ connectionString: url });

  beforeAll(async () => {
    await server.query(`create database ${name} template template0`);
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  });

  it('runs 20 at once: each migration is applied by one of them, the others find nothing to do', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => stepsOf(url)));
    const busy = runs.filter((steps) => steps.some(({ applied }) => applied.length > 0));
    expect(busy).toHaveLength(1);
    expect(busy[0]?.[0]).toMatchObject({
      part: 'event-store',
      applied: expect.arrayContaining(['0001_ledger_schema']),
    });
  }, 60_000);

  it('leaves everything with waybill_owner', async () => {
    const { rows } = await database.query<{ owner: string }>(
      `select distinct pg_get_userbyid(relowner) as owner
         from pg_class where relnamespace in ('ledger'::regnamespace, 'migrations'::regnamespace)
        union select pg_get_userbyid(proowner) from pg_proc where pronamespace = 'ledger'::regnamespace`,
    );
    expect(rows).toEqual([{ owner: 'waybill_owner' }]);
  });

  it('makes roles that sign in and have no power of their own', async () => {
    const { rows } = await database.query(
      `select rolname, rolcanlogin, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole as powerful
         from pg_roles where rolname = any($1) order by rolname`,
      [WAYBILL_ROLES],
    );
    const plain = [...WAYBILL_ROLES].sort().map((rolname) => ({ rolname, rolcanlogin: true, powerful: false }));
    expect(rows).toEqual(plain);
  });

  it('is run again by waybill_owner, who has no right to create roles', async () => {
    const asOwner = Object.assign(new URL(url), { username: 'waybill_owner' }).href;
    expect((await stepsOf(asOwner)).flatMap(({ applied }) => applied)).toEqual([]);
  });
});

describe('passwords of roles', () => {
  it('are set as verifiers, by many processes at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => setRolePasswords(serverUrl, { waybill_auditor: 'pencil' })));
    const server = new pg.Client({ connectionString: serverUrl });
    await server.connect();
    const { rows } = await server.query<{ stored: string }>(
      `select rolpassword as stored from pg_authid where rolname = 'waybill_auditor'`,
    );
    await server.query('alter role waybill_auditor password null');
    await server.end();
    const salt = Buffer.from(rows[0]?.stored.split(/[:$]/)[2] ?? '', 'base64');
    expect(rows).toEqual([{ stored: scramVerifier('pencil', salt) }]);
  }, 30_000);

  it('stand in the URL of the role', () => {
    expect(roleUrl('postgresql://postgres:x@db:5433/w', 'waybill_relay', 'p@ss/%:')).toBe(
      'postgresql://waybill_relay:p%40ss%2F%25%3A@db:5433/w',
    );
    expect(roleUrl('postgresql://postgres:x@db:5433/w', 'waybill_relay')).toBe('postgresql://waybill_relay@db:5433/w');
  });
});

describe('the checks before a start', () => {
  const server = new pg.Pool({ connectionString: serverUrl, max: 1 });
  afterAll(() => server.end());

  it('refuse a server that may lose what it acknowledged, unless its data is a throw-away', async () => {
    await server.query('set synchronous_commit = off');
    await expect(assertDurable(server)).rejects.toEqual(new ServerNotDurable(['synchronous_commit']));
    await assertDurable(server, { throwAway: true });
    await server.query('reset synchronous_commit');
    await assertDurable(server);
  });

  it('refuse a superuser', async () => {
    await expect(assertLeastPrivilege(server)).rejects.toBeInstanceOf(RoleTooPowerful);
  });

  it('let a plain role through', async () => {
    const url = Object.assign(new URL(serverUrl), { username: 'waybill_writer' }).href;
    const writer = new pg.Pool({ connectionString: url, max: 1 });
    await assertLeastPrivilege(writer);
    await writer.end();
  });
});

async function stepsOf(url: string) {
  const steps: { part: string; applied: readonly string[] }[] = [];
  await migrate(url, { onProgress: (step) => steps.push(step) });
  return steps;
}
