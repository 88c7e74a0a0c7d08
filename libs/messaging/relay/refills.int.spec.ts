import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createTestDatabase, createTestTopic } from '#libs/testing';
import type { TestDatabase, TestTopic } from '#libs/testing';
import { refillProgress, relayProgress, requestRefill } from '../index.ts';
import { eventually } from '../trial/eventually.ts';
import { positionsOf, range } from '../trial/positions.ts';
import { relayOn } from '../trial/relay-on.ts';
import { topicContents } from '../trial/topic-contents.ts';
import { appendTrialEvents, openTrialLedger } from '../trial/written-ledger.ts';

const LONGEST_MS = 120_000;
const REQUEST = { who: 'Ada', why: 'the disk of broker 2 was lost' };

let database: TestDatabase;
let owner: pg.Pool;
let target: TestTopic;

beforeEach(async () => {
  [database, target] = await Promise.all([createTestDatabase(), createTestTopic()]);
  owner = database.pool('waybill_owner');
});

afterEach(async () => {
  await Promise.all([database.drop(), target.remove()]);
});

describe('a refill', () => {
  it(
    'is done by the relay that leads, in order, and recorded with who and why',
    async () => {
      for (const ledger of ['alpha', 'beta']) {
        await openTrialLedger(owner, ledger);
        await appendTrialEvents(owner, ledger, 1, 60);
      }
      const { relay } = await relayOn(place(), { settings: { pageEvents: 25, requestEvents: 10, refillLookMs: 50 } });
      relay.start();
      await published('alpha', 60);
      await published('beta', 60);
      await requestRefill(asRelay(), { topic: target.topic, ledger: 'alpha', ...REQUEST });
      await finished('alpha');
      await appendTrialEvents(owner, 'alpha', 61, 1);
      await published('alpha', 61);
      await relay.stop();

      const records = await topicContents(target.brokers, target.topic);
      expect(positionsOf(records, 'alpha')).toEqual([...range(1, 60), ...range(1, 61)]);
      expect(positionsOf(records, 'beta')).toEqual(range(1, 60));
      expect(await refillProgress(asRelay(), target.topic, ['alpha', 'beta'])).toMatchObject([
        { ledger: 'alpha', requestedBy: REQUEST.who, reason: REQUEST.why, upTo: 60, finished: true },
      ]);
    },
    LONGEST_MS,
  );

  it(
    'goes on where it was when the relay that began it ends',
    async () => {
      await openTrialLedger(owner, 'alpha');
      await appendTrialEvents(owner, 'alpha', 1, 60);
      await requestRefill(asRelay(), { topic: target.topic, ledger: 'alpha', ...REQUEST });
      const { relay: first } = await relayOn(place(), {
        settings: { pageEvents: 25 },
        parts: { progress: progressThatEndsAfter(1) },
      });
      first.start();
      await published('alpha', 25);
      await first.stop();
      expect(await refillProgress(asRelay(), target.topic, ['alpha'])).toMatchObject([{ upTo: 60, finished: false }]);
      const { relay: second } = await relayOn(place(), { settings: { refillLookMs: 50 } });
      second.start();
      await finished('alpha');
      await second.stop();
      const positions = positionsOf(await topicContents(target.brokers, target.topic), 'alpha');
      expect([...new Set(positions)]).toEqual(range(1, 60));
      expect(positions.filter((position) => position <= 25)).toEqual(range(1, 25));
    },
    LONGEST_MS,
  );

  it('is asked for once at a time, and by a reason', async () => {
    await openTrialLedger(owner, 'alpha');
    const request = { topic: target.topic, ledger: 'alpha', ...REQUEST };
    await requestRefill(asRelay(), request);
    await expect(requestRefill(asRelay(), request)).rejects.toMatchObject({ code: 'REFILL_UNDER_WAY' });
    await expect(requestRefill(asRelay(), { ...request, ledger: 'beta', why: '' })).rejects.toMatchObject({
      code: '23514',
    });
  });

  it(
    'releases a ledger that was published from another life of the store',
    async () => {
      await openTrialLedger(owner, 'restored');
      await appendTrialEvents(owner, 'restored', 1, 10);
      const earlier = relayProgress(asRelay(), target.topic);
      await earlier.claim(1);
      await earlier.begin({ ledger: 'restored', incarnation: randomUUID(), epoch: 1 });
      const { relay } = await relayOn(place(), { settings: { refillLookMs: 50 } });
      relay.start();
      await eventually('it is halted, for all to see', async () => (await haltedCode()) === 'INCARNATION_CHANGED');
      await requestRefill(asRelay(), { topic: target.topic, ledger: 'restored', ...REQUEST });
      await finished('restored');
      expect([await haltedCode(), relay.halted.size]).toEqual([null, 0]);
      await relay.stop();
      expect(positionsOf(await topicContents(target.brokers, target.topic), 'restored')).toEqual(range(1, 10));
    },
    LONGEST_MS,
  );
});

const place = () => ({ pool: asRelay(), brokers: target.brokers, topic: target.topic });
const asRelay = () => database.pool('waybill_relay');

/** A leader whose database goes away after so many pages. */
function progressThatEndsAfter(pages: number) {
  const real = relayProgress(asRelay(), target.topic);
  let advances = 0;
  return {
    ...real,
    advance: (advance: Parameters<typeof real.advance>[0]) => {
      advances += 1;
      return advances > pages ? Promise.resolve(false) : real.advance(advance);
    },
  };
}

async function haltedCode(): Promise<string | null> {
  const { rows } = await owner.query<{ halted_code: string | null }>(
    `select halted_code from relay.publications where ledger = 'restored'`,
  );
  return rows[0]?.halted_code ?? null;
}

async function finished(ledger: string): Promise<void> {
  await eventually(`${ledger} is filled again`, async () => {
    const [progress] = await refillProgress(asRelay(), target.topic, [ledger]);
    return progress?.finished === true;
  });
}

async function published(ledger: string, position: number): Promise<void> {
  await eventually(`${ledger} is published up to ${position}`, async () => {
    const { rows } = await owner.query('select position from relay.publications where ledger = $1', [ledger]);
    return Number(rows[0]?.position) === position;
  });
}
