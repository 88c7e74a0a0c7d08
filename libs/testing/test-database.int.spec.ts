import { createTestDatabase, type TestDatabase } from './index.ts';

describe('a test database', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(async () => {
    await Promise.all([first.drop(), second.drop()]);
  });

  it('is migrated: the ledger schema is there', async () => {
    const found = await first.pool('waybill_owner').query(`select 1 from pg_namespace where nspname = 'ledger'`);
    expect(found.rows).toHaveLength(1);
  });

  it('is its own: what one holds, the other does not', async () => {
    await first.pool('waybill_owner').query('create table ledger.only_here (id int)');
    const found = await second.pool('waybill_owner').query(`select to_regclass('ledger.only_here') as only_here`);
    expect(found.rows).toEqual([{ only_here: null }]);
  });

  it('admits every role under its own name, none of them superuser', async () => {
    const roles = [
      'waybill_owner',
      'waybill_writer',
      'waybill_relay',
      'waybill_projector',
      'waybill_query',
      'waybill_auditor',
    ] as const;
    for (const role of roles) {
      const seen = await first
        .pool(role)
        .query(`select current_user as role, current_setting('is_superuser') as superuser`);
      expect(seen.rows).toEqual([{ role, superuser: 'off' }]);
    }
  });

  it('is gone after drop', async () => {
    const third = await createTestDatabase();
    await third.pool('waybill_owner').query('select 1');
    await third.drop();
    const found = await first.pool('waybill_owner').query('select 1 from pg_database where datname = $1', [third.name]);
    expect(found.rows).toEqual([]);
  });
});
