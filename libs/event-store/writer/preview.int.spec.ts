import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { newLedger, warehouseWriters } from '../trial/opened-warehouse.ts';
import { submissionOf } from '../trial/submission.ts';
import { warehouse, warehouseCodec, type WarehouseCommand } from '../trial/warehouse.ts';
import { LedgerPreviews } from './preview.ts';

const note: WarehouseCommand = { kind: 'note', stream: 'diary/1', data: {} };
const reserve: WarehouseCommand = { kind: 'reserve', aisle: '1', units: 2, cents: 3 };

describe('a preview', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const previewsOn = (pool = database.pool('waybill_auditor')) =>
    new LedgerPreviews({ pool, decider: warehouse, codec: warehouseCodec, clock: { todayMs: Date.now } });

  it('follows what others append, and appends nothing', async () => {
    const pool = database.pool('waybill_writer');
    const ledger = await newLedger(pool);
    const previews = previewsOn();
    const writers = warehouseWriters(pool);
    for (let position = 0; position < 3; position++) {
      const asked = Array.from({ length: 5 }, () => previews.preview(submissionOf(ledger, note)));
      for (const preview of await Promise.all(asked)) {
        expect(preview).toMatchObject({ outcome: 'accepted', position, events: [{ type: 'Noted' }] });
      }
      const { answer } = await writers.submit(submissionOf(ledger, note));
      expect(answer).toMatchObject({ outcome: 'accepted', position: position + 1 });
    }
    await writers.stop();
  });

  it('says a broken rule, an unknown ledger, and that the database does not answer; and goes on after it', async () => {
    const pool = database.pool('waybill_writer');
    const ledger = await newLedger(pool);
    const previews = previewsOn();
    const noRoom = submissionOf(ledger, reserve);
    expect(await previews.preview(noRoom)).toMatchObject({ outcome: 'rejected', code: expect.any(String) });
    await expect(previews.preview(submissionOf('nowhere', reserve))).rejects.toMatchObject({ code: 'LEDGER_UNKNOWN' });
    const broken = { query: () => Promise.reject(new Error('gone')) } as never;
    await expect(previewsOn(broken).preview(submissionOf(ledger, reserve))).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    expect(await previews.preview(submissionOf(ledger, note))).toMatchObject({ outcome: 'accepted' });
  });
});
