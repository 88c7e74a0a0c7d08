import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { PostgresLedgerReader } from '#libs/event-store';
import type { Queryable } from '#libs/event-store';
import { createTestDatabase, createTestTopic } from '#libs/testing';
import type { TestDatabase, TestTopic } from '#libs/testing';
import { relayProgress } from '../index.ts';
import type { RelayParts, RelayProgress } from '../index.ts';
import { eventually } from '../trial/eventually.ts';
import { relayOn } from '../trial/relay-on.ts';
import { beginPublication } from './publications.ts';
import { topicContents } from '../trial/topic-contents.ts';
import { appendTrialEvents, openTrialLedger } from '../trial/written-ledger.ts';

const LONGEST_MS = 120_000;

let database: TestDatabase;
let owner: pg.Pool;
let target: TestTopic;

beforeAll(async () => {
  target = await createTestTopic();
});

afterAll(() => target.remove());

beforeEach(async () => {
  database = await createTestDatabase();
  owner = database.pool('waybill_owner');
});

afterEach(async () => {
  await database.drop();
});

describe('the lead of a topic', () => {
  it('is one relay at a time, in an epoch that grows with each change of leader', async () => {
    const [a, b] = [progress('a'), progress('b')];
    expect(await a.claim(60_000)).toBe(1);
    expect(await b.claim(60_000)).toBeNull();
    expect(await a.claim(60_000)).toBe(1);
    await a.release();
    expect(await b.claim(60_000)).toBe(2);
    expect(await a.claim(60_000)).toBeNull();
  });

  it('passes on when its holder goes silent, and to one of those who ask at once', async () => {
    expect(await progress('a').claim(1)).toBe(1);
    await owner.query(`select pg_sleep(0.02)`);
    const asked = await Promise.all(Array.from({ length: 8 }, (_, index) => progress(`b${index}`).claim(60_000)));
    expect(asked.filter((epoch) => epoch !== null)).toEqual([2]);
  });

  it('is a new epoch even for the same holder, when it had run out', async () => {
    const a = progress('a');
    expect(await a.claim(1)).toBe(1);
    await owner.query(`select pg_sleep(0.02)`);
    expect(await a.claim(1)).toBe(2);
  });

  it('fences what an earlier leader still records', async () => {
    const [a, b] = [progress('a'), progress('b')];
    const ledger = 'alpha';
    await a.claim(60_000);
    await a.begin({ ledger, incarnation: randomUUID(), epoch: 1 });
    expect(await a.advance({ ledger, epoch: 1, from: 0, to: 5, firstOffset: 0, lastOffset: 4 })).toBe(true);
    expect(await a.advance({ ledger, epoch: 1, from: 0, to: 9, firstOffset: 0, lastOffset: 8 })).toBe(false);
    await b.take(2);
    expect(await a.advance({ ledger, epoch: 1, from: 5, to: 9, firstOffset: 0, lastOffset: 8 })).toBe(false);
    expect(await a.restart(ledger, 1)).toBe(false);
    expect(await a.take(1)).toEqual([]);
    expect(await b.advance({ ledger, epoch: 2, from: 5, to: 6, firstOffset: 0, lastOffset: 5 })).toBe(true);
    expect(await b.take(2)).toMatchObject([{ ledger, position: 6, lastOffset: 5 }]);
  });

  it('fences the first record of a ledger too: an earlier leader begins none, and a later one waits for one under way', async () => {
    const [a, b] = [progress('a'), progress('b')];
    const start = { incarnation: randomUUID(), epoch: 1 };
    expect(await a.claim(1)).toBe(1);
    const client = await owner.connect();
    await client.query('begin');
    await beginPublication(client, { topic: target.topic, ledger: 'alpha', ...start });
    const claimed = b.claim(60_000);
    expect(await Promise.race([claimed, setTimeout(100, 'waits')])).toBe('waits');
    await client.query('commit');
    client.release();
    expect(await claimed).toBe(2);
    expect(await b.take(2)).toMatchObject([{ ledger: 'alpha', position: 0 }]);
    expect(await a.begin({ ledger: 'beta', ...start })).toBeNull();
    expect(await b.begin({ ledger: 'beta', ...start, epoch: 2 })).toMatchObject({ ledger: 'beta', position: 0 });
  });

  it('keeps the number of partitions that the topic was made with', async () => {
    expect(await progress('a').recordPartitions(12)).toBe(12);
    expect(await progress('b').recordPartitions(24)).toBe(12);
  });
});

describe('two relays', () => {
  it(
    'publish in order while one leads, and the other goes on when it dies without a word',
    async () => {
      await openTrialLedger(owner, 'two-relays');
      await appendTrialEvents(owner, 'two-relays', 1, 200);
      const dying = dyingParts(database.pool('waybill_relay'));
      const { relay: first } = await relayOn(place(), { parts: dying.parts, settings: SHORT_LEASE });
      const { relay: second } = await relayOn(place(), { settings: SHORT_LEASE });
      first.start();
      await published('two-relays', 200);
      second.start();
      await eventually('the second stands by', () => second.state === 'standing by');
      expect(first.state).toBe('leading');

      dying.die();
      await appendTrialEvents(owner, 'two-relays', 201, 100);
      await eventually('the second leads', () => second.state === 'leading', 5_000);
      await published('two-relays', 300);
      await Promise.all([first.stop(), second.stop()]);

      const records = await topicContents(target.brokers, target.topic);
      const positions = records.filter(({ key }) => key === 'two-relays').map(({ headers }) => headers['position']);
      expect([...new Set(positions)]).toEqual(Array.from({ length: 300 }, (_, index) => String(index + 1)));
    },
    LONGEST_MS,
  );
});

describe('a ledger with a defect', () => {
  it(
    'is halted in sight when the store is another than the one published from; the others go on',
    async () => {
      for (const ledger of ['restored', 'sound']) await openTrialLedger(owner, ledger);
      await appendTrialEvents(owner, 'restored', 1, 10);
      const p = progress('earlier');
      await p.claim(1);
      await p.begin({ ledger: 'restored', incarnation: randomUUID(), epoch: 1 });
      await appendTrialEvents(owner, 'sound', 1, 10);
      const { relay } = await relayOn(place());
      relay.start();
      await published('sound', 10);
      expect([...relay.halted]).toMatchObject([['restored', { code: 'INCARNATION_CHANGED' }]]);
      await relay.stop();
      expect(await publishedPosition('restored')).toBe(0);
    },
    LONGEST_MS,
  );

  it(
    'is halted when the topic holds more than the ledger, and when a position is missing',
    async () => {
      for (const ledger of ['shrunk', 'torn', 'whole']) await openTrialLedger(owner, ledger);
      await appendTrialEvents(owner, 'shrunk', 1, 4);
      await appendTrialEvents(owner, 'torn', 1, 4);
      await appendTrialEvents(owner, 'torn', 6, 4);
      const { relay: before } = await relayOn(place());
      before.start();
      await published('shrunk', 4);
      await before.stop();
      await owner.query(
        `update relay.publications set position = 7, first_offset = null, last_offset = null where ledger = 'shrunk'`,
      );
      await appendTrialEvents(owner, 'whole', 1, 4);
      const { relay } = await relayOn(place());
      relay.start();
      await published('whole', 4);
      await eventually('both are halted', () => relay.halted.size === 2);
      expect(Object.fromEntries(relay.halted)).toMatchObject({
        shrunk: { code: 'PUBLISHED_BEYOND_LEDGER', published: 7, head: 4 },
        torn: { code: 'LEDGER_GAP', expectedPosition: 5, foundPosition: 6 },
      });
      await relay.stop();
    },
    LONGEST_MS,
  );
});

const SHORT_LEASE = { leaseTtlMs: 1_500 };

const place = () => ({ pool: database.pool('waybill_relay'), brokers: target.brokers, topic: target.topic });

const HOLDERS = new Map<string, string>();

function progress(holder: string): RelayProgress {
  const id = HOLDERS.get(holder) ?? randomUUID();
  HOLDERS.set(holder, id);
  return relayProgress(database.pool('waybill_relay'), target.topic, id);
}

/** A process that stops to exist for the database: nothing it asks is ever answered, and it gives nothing back. */
function dyingParts(pool: pg.Pool): { parts: Partial<RelayParts>; die(): void } {
  let dead = false;
  const mortal = {
    query: (...statement: Parameters<typeof pool.query>) =>
      dead ? Promise.reject(new Error('this relay is dead')) : pool.query(...statement),
  } as Queryable;
  const parts = { progress: relayProgress(mortal, target.topic), reader: new PostgresLedgerReader(mortal) };
  return { parts, die: () => (dead = true) };
}

async function publishedPosition(ledger: string): Promise<number | null> {
  const { rows } = await owner.query('select position from relay.publications where ledger = $1', [ledger]);
  return rows[0] === undefined ? null : Number(rows[0].position);
}

async function published(ledger: string, position: number): Promise<void> {
  await eventually(
    `${ledger} is published up to ${position}`,
    async () => (await publishedPosition(ledger)) === position,
  );
}
