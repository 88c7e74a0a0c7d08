import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { WAYBILL_ROLES } from './index.ts';
import { newLedger, warehouseWriters } from './trial/opened-warehouse.ts';
import { submissionOf } from './trial/submission.ts';

const PROCESSES = WAYBILL_ROLES.filter((role) => role !== 'waybill_owner');
const FOREVER = ['events', 'commands'];
/** What can be emptied without losing anything. */
const CACHES = ['snapshots', 'snapshot_parts'];
const RECORDS = [...FOREVER, 'restores', 'incarnations'];

describe('privileges on the ledger', () => {
  let database: TestDatabase;
  let ledger: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    const pool = database.pool('waybill_writer');
    ledger = await newLedger(pool);
    const writers = warehouseWriters(pool);
    await writers.submit(submissionOf(ledger, { kind: 'note', stream: 's/1', data: {} }));
    await writers.stop();
  });
  afterAll(() => database.drop());

  it('let no role change what was recorded, by the catalogue: neither by its own rights, nor by another role', async () => {
    const { rows } = await database.pool('waybill_auditor').query(
      `select r.rolname, c.relname, p.privilege
         from pg_roles r, pg_class c, unnest(array['update', 'delete', 'truncate']) p (privilege)
        where c.relnamespace = 'ledger'::regnamespace
          and c.relname = any($1)
          and not r.rolsuper
          and r.rolname !~ '^pg_'
          and has_table_privilege(r.oid, c.oid, p.privilege)`,
      [RECORDS],
    );
    expect(rows).toEqual([]);
  });

  it('let nobody but the owner insert; columns included', async () => {
    const { rows } = await database.pool('waybill_auditor').query(
      `select distinct r.rolname
         from pg_roles r, pg_class c
        where c.relnamespace = 'ledger'::regnamespace
          and c.relkind = 'r'
          and c.relname <> all($1)
          and not r.rolsuper
          and r.rolname !~ '^pg_'
          and (has_table_privilege(r.oid, c.oid, 'insert')
               or has_any_column_privilege(r.oid, c.oid, 'insert')
               or has_any_column_privilege(r.oid, c.oid, 'update'))`,
      [CACHES],
    );
    expect(rows).toEqual([{ rolname: 'waybill_owner' }]);
  });

  it.each(CACHES)(
    'let the writer alone read, add and remove rows of ledger.%s, and nobody change one',
    async (table) => {
      const { rows } = await database.pool('waybill_auditor').query(
        `select r.rolname as role, array_agg(p.privilege order by p.privilege) as may
         from pg_roles r, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) p (privilege)
        where r.rolname = any($2)
          and has_table_privilege(r.oid, $1, p.privilege)
        group by 1`,
        [`ledger.${table}`, PROCESSES],
      );
      expect(rows).toEqual([{ role: 'waybill_writer', may: ['delete', 'insert', 'select'] }]);
    },
  );

  it('let the writer alone append, open and lock', async () => {
    const { rows } = await database.pool('waybill_auditor').query<{ function: string; roles: string[] }>(
      `select p.proname as function, array_agg(r.rolname::text order by r.rolname) as roles
         from pg_proc p, pg_roles r
        where p.pronamespace = 'ledger'::regnamespace
          and r.rolname = any($1)
          and has_function_privilege(r.oid, p.oid, 'execute')
          and p.prosecdef
        group by 1
        order by 1`,
      [PROCESSES],
    );
    expect(rows).toEqual([
      { function: 'append', roles: ['waybill_writer'] },
      { function: 'lock_ledger', roles: ['waybill_writer'] },
      { function: 'open_branch', roles: ['waybill_writer'] },
      { function: 'open_ledger', roles: ['waybill_writer'] },
      { function: 'position_at', roles: [...PROCESSES].sort() },
    ]);
  });

  const statements = FOREVER.flatMap((table) => [
    `update ledger.${table} set ledger = 'x'`,
    `delete from ledger.${table}`,
    `truncate ledger.${table}`,
  ]);
  it.each(statements)('refuse: %s', async (statement) => {
    for (const role of WAYBILL_ROLES) {
      await expect(database.pool(role).query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it.each(statements)('refuse even an owner that gives itself the right: %s', async (statement) => {
    const owner = await database.pool('waybill_owner').connect();
    await owner.query('begin; grant update, delete, truncate on ledger.events, ledger.commands to waybill_owner');
    await expect(owner.query(statement)).rejects.toMatchObject({ code: 'WB001' });
    await owner.query('rollback');
    owner.release();
  });

  it('show the query role where a ledger stands, and nothing of what happened in it', async () => {
    const pool = database.pool('waybill_query');
    const { rows } = await pool.query('select position from ledger.events where ledger = $1', [ledger]);
    expect(rows).toEqual([{ position: '1' }]);
    for (const column of ['body', 'stream', 'type', 'effective_at']) {
      await expect(pool.query(`select ${column} from ledger.events`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(pool.query('select ledger from ledger.commands')).rejects.toMatchObject({ code: '42501' });
  });

  it('take an append in read committed only', async () => {
    const client = await database.pool('waybill_writer').connect();
    await client.query('begin isolation level repeatable read');
    await expect(client.query(`select ledger.append($1, 1, '[]', '[]', '')`, [ledger])).rejects.toMatchObject({
      code: 'WB002',
    });
    await client.query('rollback');
    client.release();
  });
});
