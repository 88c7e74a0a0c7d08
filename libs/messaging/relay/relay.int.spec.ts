import type pg from 'pg';
import kafkajs from 'kafkajs';
import { PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import type { StoredEvent } from '#libs/event-store';
import { createTestDatabase, createTestTopic } from '#libs/testing';
import type { TestDatabase, TestTopic } from '#libs/testing';
import { toCloudEventHeaders } from '#libs/contracts';
import { partitionOf, publishedPositions, PublishFailed } from '../index.ts';
import { eventually } from '../trial/eventually.ts';
import { cuttableNetwork } from '../trial/cut-network.ts';
import { relayOn } from '../trial/relay-on.ts';
import { positionsOf, range, withoutRepeats } from '../trial/positions.ts';
import { topicContents } from '../trial/topic-contents.ts';
import type { TopicRecord } from '../trial/topic-contents.ts';
import { appendTrialEvents, openTrialLedger } from '../trial/written-ledger.ts';

const LONGEST_MS = 120_000;

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

describe('the relay', () => {
  it(
    'publishes every event of every ledger in order, with its headers and the bytes of the ledger',
    async () => {
      const sizes = { alpha: 2_345, beta: 1, 'gamma-3': 700 };
      for (const [ledger, count] of Object.entries(sizes)) await writeLedger(ledger, count);
      await openTrialLedger(owner, 'empty');
      const { relay } = await relayOn(place());
      relay.start();
      for (const [ledger, count] of Object.entries(sizes)) await published(ledger, count);
      await appendTrialEvents(owner, 'beta', 2, 3);
      relay.wake();
      await published('beta', 4);
      await relay.stop();

      const records = await topicContents(target.brokers, target.topic);
      const incarnation = await readIncarnation(owner);
      expect(records).toHaveLength(2_345 + 4 + 700);
      for (const ledger of Object.keys(sizes)) {
        const stored = await new PostgresLedgerReader(owner).read(ledger, { after: 0, limit: 20_000 });
        expect(recordsOf(records, ledger)).toEqual(stored.map((event) => recordOf(event, incarnation)));
      }
    },
    LONGEST_MS,
  );

  it(
    'tells nobody of what-ifs',
    async () => {
      await writeLedger('alpha', 20);
      const opening = ['alpha-what-if', 'alpha', 10, null, 'a-1', 'open-it', '{}'];
      await owner.query('select ledger.open_branch($1, $2, $3, $4, $5, $6, $7)', opening);
      await appendTrialEvents(owner, 'alpha-what-if', 11, 5);
      const { relay } = await relayOn(place());
      relay.start();
      await published('alpha', 20);
      await appendTrialEvents(owner, 'alpha-what-if', 16, 5);
      await appendTrialEvents(owner, 'alpha', 21, 5);
      await published('alpha', 25);
      await relay.stop();

      const records = await topicContents(target.brokers, target.topic);
      expect(positionsOf(records, 'alpha')).toEqual(range(1, 25));
      expect(records).toHaveLength(25);
      expect(await publishedPositions(owner, target.topic)).toMatchObject([{ ledger: 'alpha', published: 25 }]);
    },
    LONGEST_MS,
  );

  it(
    'sends again, in order and without a gap, what a crash kept it from recording',
    async () => {
      await writeLedger('alpha', 1_300);
      const { relay: crashing, log } = await relayOn(place(), {
        parts: { progress: await progressThatLosesOneRecord() },
        settings: { pageEvents: 500, requestEvents: 200 },
      });
      crashing.start();
      await published('alpha', 1_300);
      await crashing.stop();

      expect(log.lines).toContainEqual(expect.objectContaining({ fields: expect.objectContaining({ err: CRASH }) }));
      const positions = positionsOf(await topicContents(target.brokers, target.topic), 'alpha');
      expect(positions).toEqual([...range(1, 1_000), ...range(501, 1_300)]);
    },
    LONGEST_MS,
  );

  it(
    'publishes after the broker was away what was appended meanwhile, in order',
    async () => {
      await writeLedger('alpha', 50);
      const network = cuttableNetwork();
      const { relay, log } = await relayOn(place(), { network, settings: { retryLastMs: 200 } });
      relay.start();
      await published('alpha', 50);
      network.cut();
      await appendTrialEvents(owner, 'alpha', 51, 3_000);
      await eventually('trouble is told', () => log.lines.filter(({ message }) => message === TROUBLE).length >= 3);
      expect(relay.state).toBe('failing');
      network.mend();
      await published('alpha', 3_050);
      await relay.stop();

      const positions = positionsOf(await topicContents(target.brokers, target.topic), 'alpha');
      expect(withoutRepeats(positions)).toEqual(range(1, 3_050));
    },
    LONGEST_MS,
  );

  it(
    'starts before any broker is there, and publishes when one comes',
    async () => {
      await writeLedger('alpha', 10);
      const network = cuttableNetwork();
      network.cut();
      const { relay, log } = await relayOn(place(), { network, settings: { retryLastMs: 200 } });
      relay.start();
      await eventually('trouble is told', () => log.lines.some(({ message }) => message === TROUBLE));
      network.mend();
      await published('alpha', 10);
      await relay.stop();
      expect(positionsOf(await topicContents(target.brokers, target.topic), 'alpha')).toEqual(range(1, 10));
    },
    LONGEST_MS,
  );

  it(
    'publishes a ledger again from its start when the topic was deleted, and the topic keeps everything',
    async () => {
      await writeLedger('alpha', 120);
      const { relay: first } = await relayOn(place());
      first.start();
      await published('alpha', 120);
      await first.stop();
      await target.remove();
      await eventually('the broker has forgotten the topic', async () => !(await topics()).includes(target.topic));
      const { relay: second, log } = await relayOn(place());
      second.start();
      await eventually('all is published again', () =>
        log.lines.some(
          ({ message, fields }) => message === 'published' && 'position' in fields && fields.position === 120,
        ),
      );
      await second.stop();

      expect(positionsOf(await topicContents(target.brokers, target.topic), 'alpha')).toEqual(range(1, 120));
      expect(await topicSettings()).toEqual({
        'cleanup.policy': 'delete',
        'max.message.bytes': '2097152',
        'retention.bytes': '-1',
        'retention.ms': '-1',
      });
    },
    LONGEST_MS,
  );

  it(
    'publishes an event as large as a command may be',
    async () => {
      await openTrialLedger(owner, 'alpha');
      await appendTrialEvents(owner, 'alpha', 1, 1, 'x'.repeat(1024 * 1024));
      await target.remove();
      const { relay } = await relayOn(place());
      relay.start();
      await published('alpha', 1);
      await relay.stop();
      const [record] = await topicContents(target.brokers, target.topic);
      expect(record?.value.byteLength).toBeGreaterThan(1024 * 1024);
    },
    LONGEST_MS,
  );
});

const TROUBLE = 'relay could not go on, trying again';
const CRASH = new PublishFailed('injected', 0, null);

const place = () => ({ pool: database.pool('waybill_relay'), brokers: target.brokers, topic: target.topic });

async function writeLedger(ledger: string, events: number): Promise<void> {
  await openTrialLedger(owner, ledger);
  await appendTrialEvents(owner, ledger, 1, events);
}

/** The second page of the first ledger is acknowledged by the broker, and then the process forgets it. */
async function progressThatLosesOneRecord() {
  const { relayProgress } = await import('../index.ts');
  const real = relayProgress(database.pool('waybill_relay'), target.topic);
  let advances = 0;
  return {
    ...real,
    advance: (advance: Parameters<typeof real.advance>[0]) => {
      advances += 1;
      return advances === 2 ? Promise.reject(CRASH) : real.advance(advance);
    },
  };
}

async function published(ledger: string, position: number): Promise<void> {
  await eventually(`${ledger} is published up to ${position}`, async () => {
    const { rows } = await owner.query('select position from relay.publications where topic = $1 and ledger = $2', [
      target.topic,
      ledger,
    ]);
    return Number(rows[0]?.position) === position;
  });
}

function recordOf(event: StoredEvent, incarnation: string): Omit<TopicRecord, 'offset'> {
  return {
    partition: partitionOf(event.ledger, 12),
    key: event.ledger,
    timestampMs: event.recordedAtMs,
    headers: toCloudEventHeaders(event, { incarnation }),
    value: event.body,
  };
}

function recordsOf(records: readonly TopicRecord[], ledger: string): Omit<TopicRecord, 'offset'>[] {
  return records.filter(({ key }) => key === ledger).map(({ offset: _, ...record }) => record);
}

async function topics(): Promise<string[]> {
  const admin = new kafkajs.Kafka({ brokers: target.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const names = await admin.listTopics();
  await admin.disconnect();
  return names;
}

async function topicSettings(): Promise<Record<string, string>> {
  const admin = new kafkajs.Kafka({ brokers: target.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const configNames = ['cleanup.policy', 'max.message.bytes', 'retention.bytes', 'retention.ms'];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: target.topic, configNames }],
  });
  await admin.disconnect();
  return Object.fromEntries(
    resources.flatMap(({ configEntries }) => configEntries.map((entry) => [entry.configName, entry.configValue])),
  );
}
