import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresLedgerReader } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { appendHistory, appendMore, storedEvents } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { STORY, STORY_EVENTS } from '../fixtures/redirected-h100s.ts';
import { ProgressWatch } from '../progress-watch.ts';
import { LedgerFollower } from './ledger-follower.ts';

let database: TestDatabase;
let watch: ProgressWatch;

beforeAll(async () => {
  database = await createTestDatabase();
  watch = new ProgressWatch(database.pool('waybill_query'));
});
afterAll(() => database.drop());

function following(patienceMs: number, pollMs: number) {
  const projector = projectorOf(database);
  const reader = new PostgresLedgerReader(database.pool('waybill_projector'));
  const follower = new LedgerFollower({ projector, reader, patienceMs, pollMs });
  follower.start();
  return { projector, follower };
}

describe('the follower of ledgers', () => {
  it('is the whole feed where there is no Kafka, one halted ledger or not', async () => {
    const { follower } = following(0, 5);
    const events = storedEvents('fed', STORY_EVENTS);
    await appendHistory(database, 'poisoned', storedEvents('poisoned', [STORY.OPENING, STORY.DISPATCHED_1]));
    await appendHistory(database, 'fed', events.slice(0, 4));
    expect(await watch.waitForPosition('fed', 4, 10_000)).toBe(4);
    await appendMore(database, events.slice(4));
    expect(await watch.waitForPosition('fed', events.length, 10_000)).toBe(events.length);
    expect(await watch.waitForPosition('poisoned', 1, 10_000)).toBe(1);
    await follower.stop();
    expect((await verificationOf(database, 'fed')).differences).toEqual([]);
  });

  it('leaves a ledger alone that makes progress, and finds a tail that was lost', async () => {
    const events = storedEvents('lost-tail', STORY_EVENTS);
    await appendHistory(database, 'lost-tail', events);
    const { projector, follower } = following(400, 20);
    for (const count of [1, 2, 3]) {
      await sleep(150);
      expect((await projector.offer('lost-tail', events.slice(0, count))).position).toBe(count);
    }
    expect(await watch.waitForPosition('lost-tail', events.length, 10_000)).toBe(events.length);
    await follower.stop();
  });

  it('looks at once when woken', async () => {
    const { follower } = following(0, 60_000);
    await sleep(100);
    await appendHistory(database, 'woken', storedEvents('woken', STORY_EVENTS));
    follower.wake();
    expect(await watch.waitForPosition('woken', STORY_EVENTS.length, 10_000)).toBe(STORY_EVENTS.length);
    await follower.stop();
  });
});
