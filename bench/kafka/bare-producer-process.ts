import kafkajs from 'kafkajs';
import { toCloudEventHeaders } from '#libs/contracts';
import { partitionOf, RELAY_SETTINGS } from '#libs/messaging';
import { LEDGER } from '../dataset/dataset.ts';
import { storedEvents } from '../dataset/stored.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';
import type { KafkaMeasured, KafkaOrder } from './order.ts';

/** kafkajs alone: the relay's messages, made before, in requests of the relay's size, one after another. */
const PARTITIONS = 12;
const { databaseUrl, brokers, topic, events } = orderGiven() as KafkaOrder;
const kafka = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'waybill-bench-bare', logLevel: kafkajs.logLevel.ERROR }); // prettier-ignore
const partition = partitionOf(LEDGER, PARTITIONS);
const messages = (await storedEvents(databaseUrl, events)).map((event) => ({
  key: event.ledger,
  value: event.body,
  headers: toCloudEventHeaders(event, { incarnation: '00000000-0000-4000-8000-000000000000' }),
  partition,
  timestamp: String(event.recordedAtMs),
}));
const admin = kafka.admin();
await admin.connect();
await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true });
await admin.disconnect();
const producer = kafka.producer({ allowAutoTopicCreation: false, createPartitioner: () => () => partition });
await producer.connect();

const curve: [number, number][] = [[0, performance.now()]];
for (let sent = 0; sent < messages.length; sent += RELAY_SETTINGS.requestEvents) {
  await producer.send({ topic, acks: -1, messages: messages.slice(sent, sent + RELAY_SETTINGS.requestEvents) });
  curve.push([Math.min(sent + RELAY_SETTINGS.requestEvents, messages.length), performance.now()]);
}
await producer.disconnect();
report({ curve, rssBytes: process.memoryUsage.rss() } satisfies KafkaMeasured);
