import { PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import {
  connectKafka,
  KafkajsPublisher,
  KafkajsTopic,
  Relay,
  relayProgress,
  type RelayObserver,
} from '#libs/messaging';
import { rolePool } from '../dataset/dataset.ts';
import { quietLog } from '../measuring/quiet-log.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';
import type { KafkaMeasured, KafkaOrder } from './order.ts';

/** The relay of the product, from its start until every event is acknowledged and recorded. */
const { databaseUrl, brokers, topic, events } = orderGiven() as KafkaOrder;
const pool = rolePool(databaseUrl, 'waybill_relay', 4);
const kafka = connectKafka({ brokers, clientId: 'waybill-bench-relay', log: quietLog });
const curve: [number, number][] = [];

const relay = new Relay({
  reader: new PostgresLedgerReader(pool),
  progress: relayProgress(pool, topic),
  topic: new KafkajsTopic(kafka, { topic, partitions: 12 }),
  publisher: new KafkajsPublisher(kafka, topic),
  incarnation: await readIncarnation(pool),
  observer: observing(() => void ended()),
});
relay.start();

function observing(done: () => void): RelayObserver {
  const nothing = (): void => undefined;
  return {
    leading: () => curve.push([0, performance.now()]),
    standingBy: nothing,
    published: (_ledger, position) => {
      curve.push([position, performance.now()]);
      if (position >= events) done();
    },
    publishingAgain: nothing,
    refilling: nothing,
    halted: (_ledger, error) => fail(error),
    failed: (error) => fail(error),
  };
}

async function ended(): Promise<void> {
  const rssBytes = process.memoryUsage.rss();
  await relay.stop();
  await pool.end();
  report({ curve, rssBytes } satisfies KafkaMeasured);
}

function fail(error: unknown): never {
  throw error;
}
