import { PostgresLedgerReader, type StoredEvent } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import fc from 'fast-check';
import { appendHistory, appendMore, storedEvents } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { diceOf } from '../fixtures/dice.ts';
import { plainHistory } from '../fixtures/plain-history.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { STORY, STORY_EVENTS } from '../fixtures/redirected-h100s.ts';
import { positionsReport } from '../positions/report.ts';
import { ledgerProgress } from '../progress.ts';

let database: TestDatabase;
let reader: PostgresLedgerReader;
let ledgers = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  reader = new PostgresLedgerReader(database.pool('waybill_auditor'));
});
afterAll(() => database.drop());

/** A ledger of its own with `events`, as its reader gives them. */
async function opened(events: Parameters<typeof storedEvents>[1]): Promise<readonly StoredEvent[]> {
  const ledger = `ledger-${(ledgers += 1)}`;
  await appendHistory(database, ledger, storedEvents(ledger, events));
  return reader.read(ledger, { after: 0, limit: 20_000 });
}

const rowsOf = async (table: string, ledger: string) =>
  Number(
    (await database.pool('waybill_auditor').query(`select count(*) from read.${table} where ledger = $1`, [ledger]))
      .rows[0].count,
  );

describe('the projector', () => {
  it('projects each event once, whatever the order, duplicates and gaps of what it is offered', async () => {
    const run = fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 40 }), async (seed, batchSize) => {
      const dice = diceOf(seed);
      const events = await opened(randomHistory(dice, 60));
      const ledger = events[0]?.ledger ?? '';
      const surprises: string[] = [];
      const observer = {
        overtaken: () => void surprises.push('overtaken'),
        halted: () => void surprises.push('halted'),
      };
      const projector = projectorOf(database, { batchSize, observer });
      for (let offer = 0; offer < 12; offer += 1) {
        const from = dice(events.length);
        const offered = events.slice(from, from + 1 + dice(20)).filter(() => dice(4) > 0);
        await projector.offer(ledger, dice(2) === 0 ? offered : [...offered, ...offered].reverse());
      }
      const { position } = await projector.offer(ledger, events.slice(-1));
      expect({ position, surprises }).toEqual({ position: events.length, surprises: [] });
      expect(await verificationOf(database, ledger)).toEqual({ position: events.length, differences: [] });
    });
    await fc.assert(run, { numRuns: 15, endOnFailure: true });
  }, 60_000);

  it('comes to the same rows when two race for every ledger', async () => {
    const events = await opened(randomHistory(diceOf(7), 400));
    const ledger = events[0]?.ledger ?? '';
    let overtaken = 0;
    const observer = { overtaken: () => void (overtaken += 1) };
    const racers = [1, 2, 3].map(() => projectorOf(database, { batchSize: 10, observer }));
    const checkpoints = await Promise.all(racers.map((racer) => racer.offer(ledger, events)));
    expect(checkpoints.map(({ position }) => position)).toEqual(racers.map(() => events.length));
    expect(overtaken).toBeGreaterThan(0);
    expect(await verificationOf(database, ledger)).toEqual({ position: events.length, differences: [] });
  });

  it('goes on after a restart where it stood', async () => {
    const events = await opened(STORY_EVENTS);
    const ledger = events[0]?.ledger ?? '';
    await projectorOf(database).offer(ledger, events.slice(0, 5));
    const asked: number[] = [];
    const filledFromLedger = (_: string, after: number) => void asked.push(after);
    await projectorOf(database, { observer: { filledFromLedger } }).catchUp(ledger);
    expect(asked).toEqual([5]);
    expect(await verificationOf(database, ledger)).toEqual({ position: events.length, differences: [] });
  });

  it('halts a ledger before an event it cannot fold, visibly, and the others go on', async () => {
    const { DISPATCHED_1, OPENING, ORDER_X } = STORY;
    const poisoned = await opened([OPENING, DISPATCHED_1, ORDER_X]);
    const sound = await opened(STORY_EVENTS);
    const halted: unknown[] = [];
    const projector = projectorOf(database, {
      observer: { halted: (ledger, halt) => void halted.push({ ledger, ...halt }) },
    });
    const [stopped, done] = await Promise.all(
      [poisoned, sound].map((events) => projector.offer(events[0]?.ledger ?? '', events)),
    );
    expect([stopped?.position, done?.position]).toEqual([1, sound.length]);
    const ledger = poisoned[0]?.ledger ?? '';
    expect(halted).toEqual([{ ledger, position: 2, code: 'LINE_UNKNOWN' }]);
    const progress = await ledgerProgress(database.pool('waybill_auditor'), ledger);
    expect(progress).toMatchObject({ position: 1, halt: { position: 2, code: 'LINE_UNKNOWN' } });
    expect((await projector.catchUp(ledger)).position).toBe(1);
    expect(await ledgerProgress(database.pool('waybill_auditor'), ledger)).toEqual(progress);
  });

  it.each([
    ['of an unknown type', 'EVENT_TYPE_UNKNOWN', { type: 'UnitsTeleported' }],
    ['without what its type promises', 'EVENT_UNDECODABLE', { type: 'ShipmentDispatched', data: null }],
    ['with a quantity that is no integer', 'SQLSTATE_22P02', { data: { ...STORY.OPENING.data, quantity: 0.5 } }],
  ])('halts before an event %s', async (_, code, wrong) => {
    const events = await opened([STORY.OPENING, STORY.ORDER_T, { ...STORY.OPENING, ...wrong } as typeof STORY.OPENING]);
    const ledger = events[0]?.ledger ?? '';
    expect((await projectorOf(database).offer(ledger, events)).position).toBe(2);
    const { halt } = await ledgerProgress(database.pool('waybill_auditor'), ledger);
    expect(halt).toMatchObject({ position: 3, code });
    expect((await verificationOf(database, ledger)).differences).toEqual([]);
  });

  it('takes its halt back when a newer release folds the event', async () => {
    const events = await opened([STORY.OPENING, { ...STORY.OPENING, type: 'UnitsTeleported' } as never, STORY.ORDER_T]);
    const ledger = events[0]?.ledger ?? '';
    await projectorOf(database).catchUp(ledger);
    const decode = ({ position, body }: { position: number; body: Buffer }) => ({
      ...JSON.parse(body.toString('utf8')),
      position,
      ...(position === 2 ? { type: 'OpeningBalanceRecorded' } : {}),
    });
    expect((await projectorOf(database, { decode }).catchUp(ledger)).position).toBe(3);
    expect(await ledgerProgress(database.pool('waybill_auditor'), ledger)).toMatchObject({ position: 3, halt: null });
  });

  it('does not believe events of another incarnation: the ledger says what happened', async () => {
    const events = await opened(STORY_EVENTS);
    const ledger = events[0]?.ledger ?? '';
    const disbelieved: number[] = [];
    const projector = projectorOf(database, {
      incarnation: 'this-one',
      observer: { disbelieved: (_, position) => void disbelieved.push(position) },
    });
    const foreign = storedEvents(ledger, [...STORY_EVENTS].reverse());
    await projector.offer(ledger, foreign, { incarnation: 'another' });
    expect(disbelieved).toEqual([1]);
    expect(await verificationOf(database, ledger)).toEqual({ position: events.length, differences: [] });
  });

  it('leaves events from beyond the head of the ledger alone', async () => {
    const events = await opened(STORY_EVENTS);
    const ledger = events[0]?.ledger ?? '';
    const beyond = events.map((event) => ({ ...event, position: event.position + 100 }));
    expect((await projectorOf(database).offer(ledger, beyond)).position).toBe(events.length);
    expect(await verificationOf(database, ledger)).toEqual({ position: events.length, differences: [] });
  });

  it('writes nothing when the transaction fails, and goes on when it does not', async () => {
    const events = await opened(STORY_EVENTS);
    const ledger = events[0]?.ledger ?? '';
    const pool = database.pool('waybill_projector');
    const projector = projectorOf(database);
    await projector.offer(ledger, events.slice(0, 2));
    const owner = await database.pool('waybill_owner').connect();
    try {
      await owner.query('begin');
      await owner.query('lock table read.delivery_versions in exclusive mode');
      const { rows } = await owner.query('select pg_backend_pid() as pid');
      const offer = projector.offer(ledger, events);
      await expect(Promise.all([offer, terminatedWaiters(Number(rows[0].pid))])).rejects.toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        cause: expect.objectContaining({ code: '57P01' }),
      });
    } finally {
      await owner.query('rollback');
      owner.release();
    }
    expect(await rowsOf('checkpoints', ledger)).toBe(1);
    expect(await verificationOf(database, ledger)).toEqual({ position: 2, differences: [] });
    expect((await projector.offer(ledger, events)).position).toBe(events.length);
    expect(pool.totalCount).toBeGreaterThan(0);
  });

  it('keeps blocks of sums for ledgers longer than a block', async () => {
    const events = await opened(plainHistory(diceOf(11), 8_500));
    const ledger = events[0]?.ledger ?? '';
    await projectorOf(database).catchUp(ledger);
    expect(await verificationOf(database, ledger)).toEqual({ position: 8_500, differences: [] });
    const blocks = await database
      .pool('waybill_auditor')
      .query('select distinct block::int from read.position_blocks where ledger = $1 order by block', [ledger]);
    expect(blocks.rows).toEqual([{ block: 1 }, { block: 2 }]);
    const auditor = database.pool('waybill_auditor');
    const report = await positionsReport(auditor, ledger);
    const raw = await auditor.query(
      `select company_id as "companyId", sku_id as "skuId", sum(quantity)::int as accepted
       from read.position_contributions where ledger = $1 and bucket = 'accepted' group by 1, 2 order by 1, 2`,
      [ledger],
    );
    expect(report.items.map(({ companyId, skuId, accepted }) => ({ companyId, skuId, accepted }))).toEqual(raw.rows);
  }, 30_000);

  it('projects what is appended later', async () => {
    const events = await opened(STORY_EVENTS.slice(0, 4));
    const ledger = events[0]?.ledger ?? '';
    const projector = projectorOf(database);
    await projector.catchUp(ledger);
    const all = storedEvents(ledger, STORY_EVENTS);
    await appendMore(database, all.slice(4));
    expect((await projector.catchUp(ledger)).position).toBe(all.length);
    expect(await verificationOf(database, ledger)).toEqual({ position: all.length, differences: [] });
  });
});

/** Ends the connections that wait for a lock `holder` has, once there is one. */
async function terminatedWaiters(holder: number): Promise<void> {
  const admin = database.pool('waybill_owner');
  for (let ended = 0; ended === 0;) {
    const { rows } = await admin.query('select pid from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', [
      holder,
    ]);
    ended = rows.length;
    for (const { pid } of rows) await superuserTerminates(pid);
  }
}

async function superuserTerminates(pid: number): Promise<void> {
  const pg = await import('pg');
  const client = new pg.default.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query('select pg_terminate_backend($1)', [pid]);
  await client.end();
}
