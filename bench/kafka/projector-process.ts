import { randomUUID } from 'node:crypto';
import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import { connectKafka, KafkajsConsumer } from '#libs/messaging';
import { Projector, type ProjectorObserver } from '#libs/read-models';
import { rolePool } from '../dataset/dataset.ts';
import { quietLog } from '../measuring/quiet-log.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';
import type { KafkaMeasured, KafkaOrder } from './order.ts';

/** The projector of the product on the topic alone, from the first batch delivered until its checkpoint has every event. */
const { databaseUrl, brokers, topic, events } = orderGiven() as KafkaOrder;
const pool = rolePool(databaseUrl, 'waybill_projector', 8);
const curve: [number, number][] = [];
let fromLedger = 0;
const observer: ProjectorObserver = {
  projected: (_ledger, { position }) => {
    curve.push([position, performance.now()]);
    if (position >= events) process.nextTick(() => void ended());
  },
  filledFromLedger: (_ledger, _after, filled) => (fromLedger += filled),
};
const projector = new Projector({
  pool,
  reader: new PostgresLedgerReader(pool),
  decode: decodeBody,
  incarnation: await readIncarnation(pool),
  observer,
});
const consumer = new KafkajsConsumer(
  {
    kafka: connectKafka({ brokers, clientId: 'waybill-bench-projector', log: quietLog }),
    handler: async (ledger, delivered, origin) => {
      if (curve.length === 0) curve.push([0, performance.now()]);
      await projector.offer(ledger, delivered, origin);
    },
    onPoison: ({ error }) => {
      throw error;
    },
    log: quietLog,
  },
  { topic, groupId: `waybill-bench-${randomUUID()}` },
);
consumer.start();

async function ended(): Promise<void> {
  const rssBytes = process.memoryUsage.rss();
  await consumer.stop();
  await projector.idle();
  await pool.end();
  report({ curve, rssBytes, note: `${fromLedger} events read from the ledger` } satisfies KafkaMeasured);
}
