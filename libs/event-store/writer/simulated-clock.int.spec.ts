import type { Decider, DomainEvent } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { PostgresLedgerReader } from '../reader.ts';
import { newLedger, warehouseWriters } from '../trial/opened-warehouse.ts';
import { submissionOf } from '../trial/submission.ts';
import { warehouse, type Warehouse, type WarehouseCommand } from '../trial/warehouse.ts';

const NOW_MS = Date.UTC(2025, 4, 6, 23, 59);

/** Writes down what day it is held to be. */
const diary: Decider<Warehouse, WarehouseCommand, DomainEvent> = {
  ...warehouse,
  decide: (command, _state, { today, effectiveAt }) =>
    command.kind === 'nothing' ? [] : [{ type: 'Noted', stream: 'diary/1', data: { today, effectiveAt } }],
};
const note: WarehouseCommand = { kind: 'note', stream: 'diary/1', data: {} };

describe('what day it is', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function told(
    clock: 'system' | 'simulated',
    days: readonly (readonly [recordedOn: string | null, effectiveAt: string | null])[],
  ) {
    const pool = database.pool('waybill_writer');
    const writers = warehouseWriters(pool, { decider: diary, clock: { todayMs: () => NOW_MS } });
    const ledger = await newLedger(pool, clock);
    await Promise.all(
      days.map(([recordedOn, effectiveAt]) => writers.submit(submissionOf(ledger, note, { recordedOn, effectiveAt }))),
    );
    const events = await new PostgresLedgerReader(database.pool('waybill_auditor')).read(ledger, {
      after: 0,
      limit: 100,
    });
    await writers.stop();
    return events.map(({ body, recordedAtMs, effectiveAt }) => ({
      ...(JSON.parse(body.toString()) as { data: { today: string } }).data,
      recorded: new Date(recordedAtMs).toISOString(),
      stored: effectiveAt,
    }));
  }

  it('on the system clock: that of the process, for the decision; that of the database, for the record', async () => {
    const [first, second] = await told('system', [[null, null], [null, '2024-02-03']]); // prettier-ignore
    expect(first).toMatchObject({ today: '2025-05-06', effectiveAt: '2025-05-06', stored: '2025-05-06' });
    expect(second).toMatchObject({ today: '2025-05-06', effectiveAt: '2024-02-03', stored: '2024-02-03' });
    expect(Math.abs(Date.parse(second?.recorded ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('on a simulated clock: recordedOn, else effectiveAt, else where the clock stands; never going back', async () => {
    const days = await told('simulated', [
      [null, '2023-12-01'],
      ['2023-12-08', '2023-11-30'],
      [null, null],
      ['2023-12-02', null],
      [null, '2023-12-24'],
    ]);
    expect(days).toEqual([
      { today: '2023-12-01', effectiveAt: '2023-12-01', stored: '2023-12-01', recorded: '2023-12-01T00:00:00.000Z' },
      { today: '2023-12-08', effectiveAt: '2023-11-30', stored: '2023-11-30', recorded: '2023-12-08T00:00:00.000Z' },
      { today: '2023-12-08', effectiveAt: '2023-12-08', stored: '2023-12-08', recorded: '2023-12-08T00:00:00.000Z' },
      { today: '2023-12-08', effectiveAt: '2023-12-08', stored: '2023-12-08', recorded: '2023-12-08T00:00:00.000Z' },
      { today: '2023-12-24', effectiveAt: '2023-12-24', stored: '2023-12-24', recorded: '2023-12-24T00:00:00.000Z' },
    ]);
  });

  it('on a simulated clock that nobody has set: the day of the process', async () => {
    expect(await told('simulated', [[null, null]])).toMatchObject([
      { today: '2025-05-06', recorded: '2025-05-06T00:00:00.000Z' },
    ]);
  });

  it('goes on, in another process, from the newest event', async () => {
    const pool = database.pool('waybill_writer');
    const ledger = await newLedger(pool, 'simulated');
    const one = warehouseWriters(pool, { decider: diary });
    const other = warehouseWriters(pool, { decider: diary });
    await other.submit(submissionOf(ledger, note, { effectiveAt: '2023-01-01' }));
    await one.submit(submissionOf(ledger, note, { effectiveAt: '2023-12-08' }));
    await other.submit(submissionOf(ledger, note, { effectiveAt: '2023-06-01' }));
    const head = await new PostgresLedgerReader(database.pool('waybill_auditor')).head(ledger);
    expect(head).toEqual({ position: 3, recordedAtMs: Date.UTC(2023, 11, 8), isBranch: false });
    await Promise.all([one.stop(), other.stop()]);
  });
});
