import { createTestDatabase, type TestDatabase } from '#libs/testing';
import type { Queryable } from '../queryable.ts';
import { newLedger, warehouseWriters } from '../trial/opened-warehouse.ts';
import { submissionOf } from '../trial/submission.ts';
import { warehouse, warehouseCodec } from '../trial/warehouse.ts';
import { emptyBook } from './book.ts';
import { caughtUp, settled } from './load-book.ts';

const rules = { decider: warehouse, codec: warehouseCodec, clock: { todayMs: () => 0 } };

describe('a book that catches up', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('stands where it stood when a later page cannot be read, and catches up the next time', async () => {
    const pool = database.pool('waybill_writer');
    const ledger = await newLedger(pool);
    const writers = warehouseWriters(pool);
    for (const commandId of ['a', 'b']) {
      await writers.submit(submissionOf(ledger, { kind: 'note', stream: 'note/1', data: {} }, { commandId }));
    }
    await writers.stop();
    const book = emptyBook('system', warehouse.initial);
    await expect(caughtUp(losingTheSecondAnswer(pool), ledger, rules, book)).rejects.toThrow('connection lost');
    expect(book.versions.at(0, 'note/1')).toBe(0);
    const after = settled(await caughtUp(pool, ledger, rules, book));
    expect([after.head, after.versions.at(2, 'note/1')]).toEqual([2, 2]);
  });
});

function losingTheSecondAnswer(pool: Queryable): Queryable {
  let answers = 0;
  const query = (...asked: Parameters<Queryable['query']>) => {
    answers += 1;
    return answers === 2 ? Promise.reject(new Error('connection lost')) : pool.query(...asked);
  };
  return { query } as Queryable;
}
