import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresLedgerReader } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { appendHistory, storedEvents } from './fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from './fixtures/projection.ts';
import { STORY, STORY_EVENTS } from './fixtures/redirected-h100s.ts';
import { countHaltedLedgers, haltReleases, projectionLags, releaseHalts } from './index.ts';
import { haltedLedgers } from './projection/halt.ts';
import { LedgerFollower } from './projection/ledger-follower.ts';
import type { Projector } from './projection/projector.ts';

const POISONED = [STORY.OPENING, { ...STORY.OPENING, type: 'UnitsTeleported' } as never, STORY.ORDER_T];
const WHO = { who: 'ops-7', why: 'release 1.4 knows the type' };

let database: TestDatabase;
const followers: LedgerFollower[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(followers.splice(0).map((follower) => follower.stop()));
  await database.drop();
});

const auditor = () => database.pool('waybill_auditor');
const operator = () => database.pool('waybill_projector');

async function opened(ledger: string, events: Parameters<typeof storedEvents>[1]): Promise<void> {
  await appendHistory(database, ledger, storedEvents(ledger, events));
  const owner = database.pool('waybill_owner');
  await owner.query(`update ledger.ledgers set clock = 'system' where ledger = $1`, [ledger]);
}

function follow(projector: Projector, patienceMs = 0): void {
  const reader = new PostgresLedgerReader(operator());
  const halted = (ledgers: readonly string[]) => haltedLedgers(operator(), ledgers);
  const follower = new LedgerFollower({ projector, reader, halted, patienceMs, pollMs: 20 });
  follower.start();
  followers.push(follower);
}

/** Of the live generation, once it is as `wanted` says. */
async function lagOnce(ledger: string, wanted: (lag: Awaited<ReturnType<typeof projectionLags>>[number]) => boolean) {
  for (const untilMs = performance.now() + 5_000; ;) {
    const [lag] = await projectionLags(auditor(), [ledger]);
    if (lag !== undefined && wanted(lag)) return lag;
    if (performance.now() > untilMs) throw new Error(`not in time: ${JSON.stringify(lag)}`);
    await sleep(20);
  }
}

describe('the lag of projections', () => {
  it('says of every ledger where it is, what it waits for, and since when', async () => {
    await opened('followed', STORY_EVENTS);
    await opened('untouched', STORY_EVENTS.slice(0, 3));
    await opened('poisoned', POISONED);
    for (const ledger of ['followed', 'poisoned']) await projectorOf(database).catchUp(ledger);
    const head = STORY_EVENTS.length;
    expect(await projectionLags(auditor(), null)).toEqual([
      { ledger: 'followed', head, generation: 1, isLive: true, position: head, ...NONE },
      {
        ...{ ledger: 'poisoned', head: 3, generation: 1, isLive: true, position: 1, lagPositions: 2 },
        lagSeconds: expect.any(Number),
        halt: { position: 2, code: 'EVENT_TYPE_UNKNOWN', since: expect.stringMatching(/^\d{4}-.*Z$/) },
      },
      {
        ...{ ledger: 'untouched', head: 3, generation: 1, isLive: true, position: 0, lagPositions: 3, halt: null },
        lagSeconds: expect.any(Number),
      },
    ]);
    expect((await projectionLags(auditor(), ['followed'])).map(({ ledger }) => ledger)).toEqual(['followed']);
  });

  it('counts seconds from the record of the oldest event that waits, and none on a told clock', async () => {
    await opened('measured', STORY_EVENTS.slice(0, 2));
    const owner = database.pool('waybill_owner');
    const { rows } = await owner.query(
      `select extract(epoch from clock_timestamp()) - recorded_at_ms / 1000.0 as age
       from ledger.events where ledger = 'measured' and position = 1`,
    );
    const [lag] = await projectionLags(auditor(), ['measured']);
    expect(Math.abs((lag?.lagSeconds ?? 0) - Number(rows[0].age))).toBeLessThan(5);
    await appendHistory(database, 'told', storedEvents('told', STORY_EVENTS.slice(0, 2)));
    expect(await projectionLags(auditor(), ['told'])).toMatchObject([{ lagPositions: 2, lagSeconds: null }]);
  });
});

const NONE = { lagPositions: 0, lagSeconds: 0, halt: null };

describe('a halted projection', () => {
  it('goes on at once when it is released and the cause is gone, past the event that stopped it', async () => {
    await opened('mended', POISONED);
    let knowsType = false;
    const decode = ({ position, body }: { position: number; body: Buffer }) => ({
      ...JSON.parse(body.toString('utf8')),
      position,
      ...(position === 2 && knowsType ? { type: 'OpeningBalanceRecorded' } : {}),
    });
    follow(projectorOf(database, { decode }));
    await lagOnce('mended', ({ halt }) => halt !== null);
    await sleep(200);
    knowsType = true;
    await sleep(200);
    expect((await projectionLags(auditor(), ['mended']))[0]).toMatchObject({ position: 1 });
    const released = { ledger: 'mended', generation: 1, position: 2, code: 'EVENT_TYPE_UNKNOWN', ...WHO };
    const record = { ...released, checkpointPosition: 1, releasedAt: expect.stringMatching(/^\d{4}-.*Z$/) };
    expect(await releaseHalts(operator(), 'mended', WHO)).toEqual([record]);
    expect(await lagOnce('mended', ({ position }) => position === 3)).toMatchObject({ halt: null, lagPositions: 0 });
    expect(await haltReleases(auditor(), null, 10)).toEqual([record]);
  });

  it('halts again, visibly, when the cause is still there, and the others go on meanwhile', async () => {
    await opened('poisoned', POISONED);
    await opened('sound', STORY_EVENTS);
    follow(projectorOf(database), 100);
    const before = await lagOnce('poisoned', ({ halt }) => halt !== null);
    await lagOnce('sound', ({ position }) => position === STORY_EVENTS.length);
    await releaseHalts(operator(), 'poisoned', WHO);
    const again = await lagOnce('poisoned', ({ halt }) => halt !== null && halt.since !== before.halt?.since);
    expect(again).toMatchObject({ position: 1, halt: { position: 2, code: 'EVENT_TYPE_UNKNOWN' } });
    expect((await verificationOf(database, 'sound')).differences).toEqual([]);
  });

  it('is released by one of two who ask, and never when it is not halted', async () => {
    await opened('contested', POISONED);
    await projectorOf(database).catchUp('contested');
    const halted = await countHaltedLedgers(auditor());
    const asked = await Promise.allSettled([1, 2].map(() => releaseHalts(operator(), 'contested', WHO)));
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(releaseHalts(operator(), 'contested', WHO)).rejects.toMatchObject({ code: 'NOT_HALTED' });
    expect(await haltReleases(auditor(), ['contested'], 10)).toHaveLength(1);
    expect(await countHaltedLedgers(auditor())).toBe(halted - 1);
  });

  it('is released by a projector, not by those who read; the record stays as it was written', async () => {
    await opened('guarded', POISONED);
    await projectorOf(database).catchUp('guarded');
    for (const role of ['waybill_auditor', 'waybill_query', 'waybill_writer', 'waybill_relay'] as const) {
      await expect(releaseHalts(database.pool(role), 'guarded', WHO)).rejects.toMatchObject({ code: '42501' });
    }
    await releaseHalts(operator(), 'guarded', WHO);
    for (const statement of ['update read.halt_releases set who = $$x$$', 'delete from read.halt_releases']) {
      await expect(operator().query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
