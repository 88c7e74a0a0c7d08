import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import type { Kafka } from 'kafkajs';

export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly timestampMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
}

/** Everything that lies in `topic` now, by a plain consumer that knows nothing of ours, in the order of each partition. */
export async function topicContents(brokers: string[], topic: string): Promise<readonly TopicRecord[]> {
  const kafka = new kafkajs.Kafka({ clientId: 'trial-reader', brokers, logLevel: kafkajs.logLevel.NOTHING });
  let missing = await recordsIn(kafka, topic);
  if (missing === 0) return [];
  const records: TopicRecord[] = [];
  const groupId = `trial-reader.${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  try {
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const eachMessage: kafkajs.EachMessageHandler = ({ partition, message }) => {
        records.push(recordOf(partition, message));
        missing -= 1;
        if (missing === 0) resolve();
        return Promise.resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
    await withAdmin(kafka, (admin) => admin.deleteGroups([groupId]));
  }
  return records;
}

async function recordsIn(kafka: Kafka, topic: string): Promise<number> {
  const offsets = await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic));
  return offsets.reduce((count, { high, low }) => count + Number(high) - Number(low), 0);
}

async function withAdmin<T>(kafka: Kafka, work: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

function recordOf(partition: number, message: kafkajs.KafkaMessage): TopicRecord {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    partition,
    offset: Number(message.offset),
    key: String(message.key),
    timestampMs: Number(message.timestamp),
    headers: Object.fromEntries(headers),
    value: message.value ?? Buffer.alloc(0),
  };
}
