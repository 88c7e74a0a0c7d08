import { PostgresLedgerReader } from '#libs/event-store';
import {
  connectKafka,
  EVENTS_TOPIC,
  KafkajsPublisher,
  KafkajsTopic,
  logRelay,
  Relay,
  relayProgress,
} from '#libs/messaging';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import type { Servers } from './servers.ts';

/** Publishes the ledgers to Kafka; null where there is none. */
export async function startRelay(servers: Servers, logs: Logs, closing: ClosingStack): Promise<Relay | null> {
  if (servers.brokers === null) return null;
  const log = logs.log.child({ part: 'relay' });
  const kafka = connectKafka({ brokers: servers.brokers, clientId: 'waybill-relay', log });
  const pool = servers.pool('waybill_relay', 4);
  const topic = new KafkajsTopic(kafka, EVENTS_TOPIC);
  const relay = new Relay({
    reader: new PostgresLedgerReader(pool),
    progress: relayProgress(pool, topic.topic),
    topic,
    publisher: new KafkajsPublisher(kafka, topic.topic),
    incarnation: servers.incarnation,
    observer: logRelay(log),
  });
  await topic.ensure();
  relay.start();
  closing.onClose(() => relay.stop());
  return relay;
}
