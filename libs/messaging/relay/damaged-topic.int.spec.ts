import type pg from 'pg';
import kafkajs from 'kafkajs';
import { createTestDatabase, createTestTopic } from '#libs/testing';
import type { TestDatabase, TestTopic } from '#libs/testing';
import { connectKafka, KafkajsPublisher, KafkajsTopic, PublishFailed } from '../index.ts';
import type { TopicPublisher } from '../index.ts';
import { eventually } from '../trial/eventually.ts';
import { recordedLog } from '../trial/recorded-log.ts';
import { relayOn } from '../trial/relay-on.ts';
import { positionsOf, range, withoutRepeats } from '../trial/positions.ts';
import { topicContents } from '../trial/topic-contents.ts';
import { appendTrialEvents, openTrialLedger } from '../trial/written-ledger.ts';

const LONGEST_MS = 120_000;
const LEDGER = 'alpha';

let database: TestDatabase;
let owner: pg.Pool;
let target: TestTopic;

beforeEach(async () => {
  [database, target] = await Promise.all([createTestDatabase(), createTestTopic()]);
  owner = database.pool('waybill_owner');
  await openTrialLedger(owner, LEDGER);
});

afterEach(async () => {
  await Promise.all([database.drop(), target.remove()]);
});

describe('a topic that lost what it had acknowledged', () => {
  it(
    'is seen although the answer was lost to what filled it up to where it was',
    async () => {
      await appendTrialEvents(owner, LEDGER, 1, 120);
      const { relay } = await relayOn(place(), { parts: { publisher: publisherThatLosesTheTopicOnce(2) } });
      relay.start();
      await published(120);
      await appendTrialEvents(owner, LEDGER, 121, 180);
      await published(300);
      await eventually('the topic holds the whole ledger', async () => (await held()).length === 300);
      await relay.stop();
      expect(await held()).toEqual(range(1, 300));
    },
    LONGEST_MS,
  );

  it(
    'is seen by a leader that has nothing to send',
    async () => {
      await appendTrialEvents(owner, LEDGER, 1, 40);
      const { relay, log } = await relayOn(place(), { settings: { inspectMs: 300 } });
      relay.start();
      await published(40);
      await recreated();
      await eventually('the loss is told', () => log.lines.some(({ message }) => message === LOSS));
      // What was recorded before the loss says 40 too.
      await eventually('all is there again', async () => (await held()).length === 40);
      await relay.stop();
      expect(await held()).toEqual(range(1, 40));
    },
    LONGEST_MS,
  );

  it(
    'is seen when its beginning was cut off, once, and not again after it was filled',
    async () => {
      await appendTrialEvents(owner, LEDGER, 1, 40);
      const { relay, log } = await relayOn(place(), { settings: { inspectMs: 200 } });
      relay.start();
      await published(40);
      await cutBefore(15);
      await eventually('the loss is told', () => log.lines.some(({ message }) => message === LOSS));
      // What was recorded before the loss says 40 too.
      await eventually('all is there again', async () => (await held()).length === 40);
      await appendTrialEvents(owner, LEDGER, 41, 1);
      await published(41);
      await relay.stop();
      expect(await held()).toEqual(range(1, 41));
      expect(log.lines.filter(({ message }) => message === LOSS)).toHaveLength(1);
    },
    LONGEST_MS,
  );
});

const LOSS = 'the topic lost events of this ledger: publishing it again from its start';

const place = () => ({ pool: database.pool('waybill_relay'), brokers: target.brokers, topic: target.topic });

/** Its `nth` message goes to a topic made anew, and is stored there; the relay hears that it may be lost. */
function publisherThatLosesTheTopicOnce(nth: number): TopicPublisher {
  const kafka = connectKafka({ brokers: target.brokers, clientId: 'trial-relay', log: recordedLog() });
  const real = new KafkajsPublisher(kafka, target.topic);
  let sent = 0;
  return {
    close: () => real.close(),
    publish: async (partition, messages) => {
      sent += 1;
      if (sent !== nth) return real.publish(partition, messages);
      await recreated();
      await eventually('the new topic takes messages', () => taken(() => real.publish(partition, messages)));
      throw new PublishFailed(target.topic, partition, new Error('the answer was lost'));
    },
  };
}

async function taken(attempt: () => Promise<number>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (error instanceof PublishFailed) return false;
    throw error;
  }
}

async function recreated(): Promise<void> {
  await target.remove();
  const kafka = connectKafka({ brokers: target.brokers, clientId: 'trial', log: recordedLog() });
  await new KafkajsTopic(kafka, { topic: target.topic, partitions: 12 }).ensure();
}

async function cutBefore(offset: number): Promise<void> {
  const records = await topicContents(target.brokers, target.topic);
  const partition = records[0]?.partition ?? 0;
  const admin = new kafkajs.Kafka({ brokers: target.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.fetchTopicOffsets(target.topic);
  await admin.deleteTopicRecords({ topic: target.topic, partitions: [{ partition, offset: String(offset) }] });
  await admin.disconnect();
}

/** The positions in the topic as a consumer takes them that begins with the first event. */
async function held(): Promise<number[]> {
  const positions = positionsOf(await topicContents(target.brokers, target.topic), LEDGER);
  return withoutRepeats(positions.slice(positions.indexOf(1)));
}

async function published(position: number): Promise<void> {
  await eventually(`${LEDGER} is published up to ${position}`, async () => {
    const { rows } = await owner.query('select position from relay.publications where ledger = $1', [LEDGER]);
    return Number(rows[0]?.position) === position;
  });
}
