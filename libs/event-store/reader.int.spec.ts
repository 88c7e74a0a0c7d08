import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CommandIdReused,
  LedgerUnknown,
  openLedger,
  PostgresLedgerReader,
  READ_LIMIT_BYTES,
  readIncarnation,
} from './index.ts';
import { newLedger, warehouseWriters, type WarehouseWriters } from './trial/opened-warehouse.ts';
import { submissionOf } from './trial/submission.ts';

const OPENING = {
  clock: 'system',
  currency: 'USD',
  title: 'Trial',
  actor: 'a',
  commandId: 'c',
  request: { x: 1 },
} as const;

describe('reading ledgers', () => {
  let database: TestDatabase;
  let reader: PostgresLedgerReader;
  let writers: WarehouseWriters;
  let ledger: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    reader = new PostgresLedgerReader(database.pool('waybill_auditor'));
    writers = warehouseWriters(database.pool('waybill_writer'));
  });
  beforeEach(async () => {
    ledger = await newLedger(database.pool('waybill_writer'));
  });
  afterAll(async () => {
    await writers.stop();
    await database.drop();
  });

  const append = (stream: string, effectiveAt: string | null = null, to = ledger) =>
    writers.submit(submissionOf(to, { kind: 'note', stream, data: {} }, { effectiveAt }));

  /** Bodies as large as the contract allows are rare: these are put there the short way. */
  async function appendLarge(count: number, bodyBytes: number): Promise<void> {
    await database.pool('waybill_owner').query(
      `insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
       select $1, position, 's/1', position, 'Noted', '2026-01-01', 0, decode(repeat('61', $3), 'hex')
       from generate_series(1, $2) as position`,
      [ledger, count, bodyBytes],
    );
  }

  it('tells heads, pages and streams apart by ledger', async () => {
    const empty = await newLedger(database.pool('waybill_writer'));
    for (const stream of ['s/1', 's/2', 's/1', 's/1']) await append(stream);
    expect(await reader.head(ledger)).toMatchObject({ position: 4 });
    expect(await reader.head(empty)).toEqual({ position: 0, recordedAtMs: 0, isBranch: false });
    expect(await reader.head('no-such')).toBeNull();
    expect([...(await reader.heads())]).toEqual(expect.arrayContaining([[empty, { position: 0, recordedAtMs: 0, isBranch: false }], [ledger, await reader.head(ledger)]])); // prettier-ignore
    const positions = (events: readonly { position: number }[]) => events.map(({ position }) => position);
    expect(positions(await reader.read(ledger, { after: 1, limit: 2 }))).toEqual([2, 3]);
    expect(positions(await reader.read(ledger, { after: 0, upTo: 2, limit: 9 }))).toEqual([1, 2]);
    expect(positions(await reader.read(empty, { after: 0, limit: 9 }))).toEqual([]);
    expect(positions(await reader.readStream(ledger, 's/1', { afterVersion: 1, limit: 1 }))).toEqual([3]);
  });

  it('ends a page of large bodies by their bytes, with at least one event, and leaves none out', async () => {
    const bodyBytes = 900_000;
    await appendLarge(30, bodyBytes);
    const pages: number[][] = [];
    for (let after = 0; after < 30;) {
      const page = await reader.read(ledger, { after, limit: 20_000 });
      expect(page.length).toBeGreaterThan(0);
      const before = page.slice(0, -1).reduce((bytes, { body }) => bytes + body.byteLength, 0);
      expect(before).toBeLessThan(READ_LIMIT_BYTES);
      pages.push(page.map(({ position }) => position));
      after = page.at(-1)?.position ?? Infinity;
    }
    expect(pages.map(({ length }) => length)).toEqual([19, 11]);
    expect(pages.flat()).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('opens a ledger once, whatever is sent again', async () => {
    const pool = database.pool('waybill_writer');
    const opening = { ...OPENING, ledger: `opened-${ledger}` };
    expect(await openLedger(pool, opening)).toEqual({ outcome: 'opened', replayed: false });
    expect(await openLedger(pool, opening)).toEqual({ outcome: 'opened', replayed: true });
    expect(await openLedger(pool, { ...opening, commandId: 'd' })).toEqual({ outcome: 'exists', replayed: false });
    await expect(openLedger(pool, { ...opening, request: { x: 2 } })).rejects.toEqual(new CommandIdReused('c'));
    expect(await reader.ledger(opening.ledger)).toEqual({
      ledger: opening.ledger,
      clock: 'system',
      currency: 'USD',
      title: 'Trial',
      branchOf: null,
    });
    expect(await reader.ledgers()).toContainEqual({
      ledger: opening.ledger,
      clock: 'system',
      currency: 'USD',
      title: 'Trial',
      branchOf: null,
    });
  });

  it('knows which store it reads', async () => {
    expect(await readIncarnation(database.pool('waybill_relay'))).toMatch(/^[0-9a-f-]{36}$/);
  });

  describe('the position at an instant', () => {
    it('is the last one recorded by then', async () => {
      const simulated = await newLedger(database.pool('waybill_writer'), 'simulated');
      for (const day of ['2023-01-01', '2023-01-03', '2023-01-03', '2023-01-09']) await append('s/1', day, simulated);
      const at = (day: number) => reader.positionAt(simulated, Date.UTC(2023, 0, day));
      const days = await Promise.all([0, 1, 2, 3, 4, 8, 9, 10].map(at));
      expect(days).toEqual([0, 1, 1, 3, 3, 3, 4, 4]);
      expect(await reader.positionAt(simulated, Date.UTC(2023, 0, 9) - 1)).toBe(3);
    });

    it('is 0 before the first event, and unknown for an unknown ledger', async () => {
      expect(await reader.positionAt(ledger, Date.now())).toBe(0);
      await expect(reader.positionAt('no-such', 0)).rejects.toEqual(new LedgerUnknown('no-such'));
    });

    it('may be asked by the role that reads no events', async () => {
      await append('s/1');
      const { recordedAtMs } = (await reader.head(ledger)) ?? { recordedAtMs: 0 };
      expect(await new PostgresLedgerReader(database.pool('waybill_query')).positionAt(ledger, recordedAtMs)).toBe(1);
    });

    it('waits for an append in flight that is recorded by then', async () => {
      const writer = await database.pool('waybill_writer').connect();
      await writer.query('begin');
      const payload = [ledger, 0, '[]', '[{"stream":"s/1","version":1,"type":"T","effectiveAt":"2024-01-01","recordedAtMs":0,"bodyAt":1,"bodyLength":2}]', Buffer.from('{}')]; // prettier-ignore
      await writer.query('select ledger.append($1, $2, $3, $4, $5)', payload);
      const asked = reader.positionAt(ledger, Date.now());
      expect(await Promise.race([asked, sleep(200, 'waits')])).toBe('waits');
      await writer.query('commit');
      writer.release();
      expect(await asked).toBe(1);
    });

    it('never changes once told, though it is asked before its millisecond is over', async () => {
      const going = { on: true };
      const flow = (async () => {
        while (going.on) await append('s/1');
      })();
      for (let round = 0; round < 20; round++) {
        const instantMs = Date.now() + 10;
        const told = await reader.positionAt(ledger, instantMs);
        await sleep(15);
        expect(await reader.positionAt(ledger, instantMs)).toBe(told);
      }
      going.on = false;
      await flow;
    }, 30_000);
  });
});
