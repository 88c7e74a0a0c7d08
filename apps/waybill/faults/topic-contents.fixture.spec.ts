import { createHash, randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';

export interface Published {
  readonly position: number;
  /** SHA-256 of the message's value, in hex. */
  readonly digest: string;
}

/** What lies in `topic` of each ledger, in the order of its partition, read by a plain consumer that knows nothing of ours. */
export async function publishedByLedger(
  brokers: readonly string[],
  topic: string,
): Promise<ReadonlyMap<string, readonly Published[]>> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const offsets = await withAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic));
  const missing = new Map(
    offsets.filter(({ high, low }) => high !== low).map(({ partition, high }) => [partition, high]),
  );
  const published = new Map<string, Published[]>();
  if (missing.size === 0) return published;
  const groupId = `fault-check.${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  try {
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const eachMessage: kafkajs.EachMessageHandler = async ({ partition, message }) => {
        const ledger = String(message.headers?.['ledger']);
        const position = Number(String(message.headers?.['position']));
        if (!published.has(ledger)) published.set(ledger, []);
        published.get(ledger)?.push({ position, digest: digestOf(message.value) });
        if (Number(message.offset) + 1 >= Number(missing.get(partition))) missing.delete(partition);
        if (missing.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
    await withAdmin(kafka, (admin) => admin.deleteGroups([groupId]));
  }
  return published;
}

export function digestOf(bytes: Buffer | null): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}

async function withAdmin<T>(kafka: kafkajs.Kafka, work: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
