import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { failureOf } from '../database-failure.ts';
import { openPool } from '../pool.ts';
import { newLedger } from '../trial/opened-warehouse.ts';
import { underLock } from './locked-transaction.ts';

describe('under the lock of a ledger', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let ledger: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    ledger = await newLedger(database.pool('waybill_writer'));
    pool = openPool(database.url('waybill_writer'), {
      applicationName: 'lock-trial',
      maxConnections: 2,
      onIdleError: () => undefined,
    });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('whoever stands still for 2 s loses the lock, not the process, and may try again', async () => {
    const error = await underLock(pool, ledger, async (client) => {
      await sleep(2_500);
      await client.query('select 1');
    }).catch((caught: unknown) => caught);
    expect(failureOf(error)).toBe('unreachable');
    await expect(underLock(pool, ledger, () => Promise.resolve('held again'))).resolves.toBe('held again');
  });
});
