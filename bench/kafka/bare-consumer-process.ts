import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import { orderGiven, report } from '../measuring/trial-process.ts';
import type { KafkaMeasured, KafkaOrder } from './order.ts';

/** kafkajs alone: the same topic from its start, fetched as the projector fetches it, messages counted and dropped. */
const { brokers, topic, events } = orderGiven() as KafkaOrder;
const kafka = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'waybill-bench-bare', logLevel: kafkajs.logLevel.ERROR }); // prettier-ignore
const consumer = kafka.consumer({ groupId: `waybill-bench-${randomUUID()}`, maxWaitTimeInMs: 500 });
const curve: [number, number][] = [];
let counted = 0;
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 4,
  eachBatch: async ({ batch }) => {
    if (counted === 0) curve.push([batch.messages.length, performance.now()]);
    else curve.push([counted + batch.messages.length, performance.now()]);
    counted += batch.messages.length;
    if (counted >= events) process.nextTick(() => void ended());
  },
});

async function ended(): Promise<void> {
  const rssBytes = process.memoryUsage.rss();
  await consumer.disconnect();
  report({ curve, rssBytes } satisfies KafkaMeasured);
}
