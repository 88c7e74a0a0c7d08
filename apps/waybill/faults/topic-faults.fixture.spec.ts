import kafkajs from 'kafkajs';
import { EVENTS_TOPIC, partitionOf } from '#libs/messaging';
import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import { until } from './until.fixture.spec.ts';

const { topic } = EVENTS_TOPIC;

/** Gone with everything in it; the relay makes it anew. */
export const topicDeleted: Fault = {
  name: 'topic deleted',
  lastsMs: [500, 2_000],
  inject: async ({ brokers }) => {
    await withAdmin(brokers, (admin) => admin.deleteTopics({ topics: [topic] }));
    return async () => undefined;
  },
};

/**
 * Deleted, and at once made anew by somebody else: offsets begin at 0 again and nobody is told. What is sent in that moment
 * lies first in the new topic; its answer tells the relay, who publishes everything after it.
 */
export const topicRecreated: Fault = {
  name: 'topic deleted and made anew',
  lastsMs: [500, 2_000],
  leavesRemains: true,
  inject: async ({ brokers }) => {
    await withAdmin(brokers, async (admin) => {
      await admin.deleteTopics({ topics: [topic] });
      await madeAnew(admin);
    });
    return async () => undefined;
  },
};

/** The begin of every partition is deleted, up to a place drawn by lot: offsets go on, so nothing that is sent next shows it. */
export const topicTruncated: Fault = {
  name: 'topic truncated from the front',
  lastsMs: [500, 2_000],
  leavesRemains: true,
  inject: async (cluster, chance) => {
    const cuts = await withAdmin(cluster.brokers, async (admin) => {
      const extents = await admin.fetchTopicOffsets(topic);
      const partitions = extents
        .filter(({ low, high }) => Number(low) < Number(high))
        .map(({ partition, low, high }) => ({ partition, offset: chance.between(Number(low) + 1, Number(high)) }));
      const seeks = partitions.map(({ partition, offset }) => ({ partition, offset: String(offset) }));
      await admin.deleteTopicRecords({ topic, partitions: seeks });
      return new Map(partitions.map(({ partition, offset }) => [partition, offset]));
    });
    return () => until(FILLED_WITHIN_MS, () => isFilledAgain(cluster, cuts));
  },
};

/** The relay looks every 10 s whether the topic is whole. The promise is 30 s. */
const FILLED_WITHIN_MS = 30_000;

/** Each ledger begins behind the cut of its partition; what else is missing comes after. */
async function isFilledAgain({ owner }: Cluster, cuts: ReadonlyMap<number, number>): Promise<boolean> {
  const { rows } = await owner.query<{ ledger: string; first: number | null }>(
    'select ledger, first_offset::integer as first from relay.publications',
  );
  return rows.every(({ ledger, first }) => {
    const cut = cuts.get(partitionOf(ledger, EVENTS_TOPIC.partitions)) ?? 0;
    return first !== null && first >= cut;
  });
}

/** The broker is killed and stays away. */
export function brokerAway(lastsMs: readonly [shortest: number, longest: number]): Fault {
  return {
    name: `broker away for ${lastsMs.map((ms) => ms / 1_000).join(' to ')} s`,
    lastsMs,
    inject: async ({ kafka }: Cluster) => {
      await kafka.kill();
      return () => kafka.restart();
    },
  };
}

/** A topic of this name exists until its deletion is through, or the relay was faster: both are what the fault is about. */
async function madeAnew(admin: kafkajs.Admin): Promise<void> {
  const configEntries = ['retention.ms', 'retention.bytes'].map((name) => ({ name, value: '-1' }));
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions: EVENTS_TOPIC.partitions, configEntries }] });
  } catch (error) {
    if (!(error instanceof kafkajs.KafkaJSAggregateError)) throw error;
  }
}

async function withAdmin<T>(brokers: readonly string[], work: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
