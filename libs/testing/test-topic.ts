import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { requiredEnvironment } from './environment.ts';

export interface TestTopic {
  readonly brokers: string[];
  readonly topic: string;
  /** Resolves when the broker lists it no more. */
  remove(): Promise<void>;
}

/** A topic of its own that keeps everything, as procurement.events.v1 does; 12 partitions unless told. */
export async function createTestTopic({ partitions = 12 }: { partitions?: number } = {}): Promise<TestTopic> {
  const brokers = requiredEnvironment('WAYBILL_TEST_KAFKA_BROKERS').split(',');
  const topic = `test.${randomUUID()}`;
  const configEntries = ['retention.ms', 'retention.bytes'].map((name) => ({ name, value: '-1' }));
  await administered(brokers, (admin) =>
    admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic, numPartitions: partitions, replicationFactor: 1, configEntries }],
    }),
  );
  return { brokers, topic, remove: () => administered(brokers, (admin) => removeTopic(admin, topic)) };
}

/** A broker answers before its own list of topics has heard of it. */
async function removeTopic(admin: Admin, topic: string): Promise<void> {
  await admin.deleteTopics({ topics: [topic] });
  while ((await admin.listTopics()).includes(topic)) await sleep(20);
}

async function administered<T>(brokers: string[], work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka({ clientId: 'waybill-testing', brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
