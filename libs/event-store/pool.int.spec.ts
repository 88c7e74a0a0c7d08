import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DatabaseUnavailable } from './errors.ts';
import { openPool } from './pool.ts';

const quiet = { applicationName: 'pool-trial', maxConnections: 1, onIdleError: () => undefined };

describe('a pool without a connection', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = openPool(database.url('waybill_query'), quiet);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('says so when all are taken, and goes on when one is free', async () => {
    const taken = await pool.connect();
    await expect(pool.query('select 1')).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(pool.connect()).rejects.toBeInstanceOf(DatabaseUnavailable);
    taken.release();
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  }, 20_000);

  it('says so when nobody listens', async () => {
    const nowhere = openPool('postgresql://nobody@127.0.0.1:9/none', quiet);
    await expect(nowhere.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(nowhere.connect()).rejects.toBeInstanceOf(DatabaseUnavailable);
    await nowhere.end();
  });

  it('outlives a connection that the server ends while it is taken and nothing is asked on it', async () => {
    const taken = await pool.connect();
    await taken.query("begin; set local idle_in_transaction_session_timeout = '20ms'");
    await sleep(300);
    await expect(taken.query('select 1')).rejects.toThrow();
    taken.release();
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it("leaves PostgreSQL's own refusals as they are", async () => {
    await expect(pool.query('select nothing from nowhere')).rejects.toMatchObject({ code: '42P01' });
  });
});
