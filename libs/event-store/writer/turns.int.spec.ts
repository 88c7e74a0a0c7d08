import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { outlivingBreaks } from '../broken-connection.ts';
import { openPool } from '../pool.ts';
import { PostgresLedgerReader } from '../reader.ts';
import { newLedger, warehouseWriters, type WarehouseWriters } from '../trial/opened-warehouse.ts';
import { submissionOf } from '../trial/submission.ts';
import { Turn } from './turn.ts';

const PROCESSES = 3;
const CALLERS = 12;

describe('turns at a ledger', () => {
  let database: TestDatabase;
  let pools: pg.Pool[];
  let ledger: string;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    ledger = await newLedger(database.pool('waybill_writer'));
    pools = Array.from({ length: PROCESSES }, () => twoConnections());
  });
  afterEach(() => Promise.all(pools.map((pool) => pool.end())));
  afterAll(() => database.drop());

  const twoConnections = () =>
    openPool(database.url('waybill_writer'), {
      applicationName: 'turn-trial',
      maxConnections: 2,
      onIdleError: () => undefined,
    });
  const poolAt = (index: number): pg.Pool => pools[index] ?? twoConnections();
  const noted = (writers: WarehouseWriters, n: number, on = ledger) =>
    writers.submit(submissionOf(on, { kind: 'note', stream: `note/${n}`, data: {} }));

  it('are taken in the order of asking', async () => {
    const order: string[] = [];
    const first = await Turn.take(poolAt(0), ledger);
    const asked = ['second', 'third'].map(async (name, index) => {
      await sleep(index * 50);
      const turn = await Turn.take(poolAt(index + 1), ledger);
      order.push(name);
      expect(turn?.waited).toBe(true);
      await sleep(10);
      await turn?.leave();
    });
    await sleep(100);
    order.push('first leaves');
    await first?.leave();
    await Promise.all(asked);
    expect(order).toEqual(['first leaves', 'second', 'third']);
  });

  it('of two ledgers are apart', async () => {
    const here = await Turn.take(poolAt(0), ledger);
    const there = await Turn.take(poolAt(1), await newLedger(database.pool('waybill_writer')));
    expect([here?.waited, there?.waited]).toEqual([false, false]);
    await Promise.all([here?.leave(), there?.leave()]);
  });

  it('end with the connection of a process that dies', async () => {
    const client = new pg.Client({ connectionString: database.url('waybill_writer') });
    await client.connect();
    await client.query('select ledger.take_turn($1)', [ledger]);
    // Nothing but its end gives the turn back.
    await client.query('set idle_session_timeout = 0');
    const asked = Turn.take(poolAt(0), ledger);
    await sleep(20);
    await client.end();
    const turn = await asked;
    expect(turn).toMatchObject({ waited: true });
    await turn?.leave();
  });

  it('are taken from a process that stands still, by whoever waits for them, and a connection given back may stand still', async () => {
    const stopped = outlivingBreaks(new pg.Client({ connectionString: database.url('waybill_writer') }));
    await stopped.connect();
    await stopped.query('select ledger.take_turn($1)', [ledger]);
    const turn = await Turn.take(poolAt(0), ledger);
    expect(turn).toMatchObject({ waited: true });
    await turn?.leave();
    await expect(stopped.query('select 1')).rejects.toThrow();
    await sleep(400);
    await expect(poolAt(0).query('show idle_session_timeout')).resolves.toMatchObject({ rows: [{ idle_session_timeout: '0' }] }); // prettier-ignore
  });

  it('that are not to be had in time are gone without', async () => {
    const busy = new pg.Client({ connectionString: database.url('waybill_writer') });
    await busy.connect();
    await busy.query('select ledger.take_turn($1)', [ledger]);
    const held = setInterval(() => void busy.query('select 1'), 50);
    expect(await Turn.take(poolAt(0), ledger)).toBeNull();
    clearInterval(held);
    await busy.query('select ledger.leave_turn($1)', [ledger]);
    await busy.end();
  });

  it('are not taken by a process that is alone', async () => {
    const writers = warehouseWriters(poolAt(0));
    await Promise.all(Array.from({ length: 60 }, (_, n) => noted(writers, n)));
    expect(writers.statistics()).toMatchObject({ turns: 0, conflicts: 0 });
    await writers.stop();
  });

  it('let every process write, and few batches be lost', async () => {
    const processes = pools.map((pool) => warehouseWriters(pool));
    const counts = await Promise.all(processes.map((writers) => writtenFor(1_500, writers)));
    const events = await new PostgresLedgerReader(database.pool('waybill_relay')).head(ledger);
    expect(events?.position).toBe(counts.reduce((sum, { commands }) => sum + commands, 0));
    expect(Math.min(...counts.map(({ commands }) => commands))).toBeGreaterThan(CALLERS);
    expect(Math.max(...counts.map(({ slowestMs }) => slowestMs))).toBeLessThan(1_000);
    const statistics = processes.map((writers) => writers.statistics());
    const sum = (figure: 'turns' | 'conflicts' | 'batches') => statistics.reduce((all, each) => all + each[figure], 0);
    expect(sum('turns')).toBeGreaterThan(PROCESSES);
    expect(sum('conflicts')).toBeLessThan(sum('batches') / 4);
    await Promise.all(processes.map((writers) => writers.stop()));
  });

  it('that a process keeps while it stands still cost the others a wait of less than a second, once', async () => {
    const processes = [0, 1].map((index) => warehouseWriters(poolAt(index)));
    const written = Promise.all(processes.map((writers) => writtenFor(1_500, writers)));
    await sleep(400);
    const stopped = outlivingBreaks(new pg.Client({ connectionString: database.url('waybill_writer') }));
    await stopped.connect();
    await stopped.query('select ledger.take_turn($1)', [ledger]);
    const counts = await written;
    expect(Math.max(...counts.map(({ slowestMs }) => slowestMs))).toBeLessThan(1_000);
    await expect(stopped.query('select 1')).rejects.toThrow();
    await Promise.all(processes.map((writers) => writers.stop()));
  });

  it('of two ledgers need no more than the two connections of a pool', async () => {
    const other = await newLedger(database.pool('waybill_writer'));
    const processes = [0, 1].map((index) => warehouseWriters(poolAt(index)));
    const counts = await Promise.all(
      processes.flatMap((writers) => [ledger, other].map((on) => writtenFor(1_000, writers, on))),
    );
    expect(Math.max(...counts.map(({ slowestMs }) => slowestMs))).toBeLessThan(1_500);
    expect(processes.every((writers) => writers.statistics().turns > 0)).toBe(true);
    await Promise.all(processes.map((writers) => writers.stop()));
  });

  /** Callers that each send the next command when the last is answered. */
  async function writtenFor(durationMs: number, writers: WarehouseWriters, on = ledger) {
    const endMs = performance.now() + durationMs;
    const told = { commands: 0, slowestMs: 0 };
    const caller = async (_: unknown, n: number) => {
      for (let startMs = performance.now(); startMs < endMs; startMs = performance.now()) {
        await noted(writers, n, on);
        told.commands += 1;
        told.slowestMs = Math.max(told.slowestMs, performance.now() - startMs);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    return told;
  }
});
