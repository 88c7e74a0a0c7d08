import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { connectKafka, EVENTS_TOPIC, KafkajsConsumer, type Log } from '#libs/messaging';
import { ledgerSource, type RebuildSource } from '#libs/read-models';
import { TopicEvents } from './topic-events.ts';

export interface SourcePlace {
  readonly pool: pg.Pool;
  readonly ledger: Id;
  /** Null: from the ledger itself. */
  readonly brokers: readonly string[] | null;
  /** Another than the events' topic, for trials. */
  readonly topic?: string;
}

/** What a rebuild reads: the ledger, or the topic from its beginning by a consumer group that ends with it. */
export async function openSource(
  place: SourcePlace,
): Promise<{ source: RebuildSource; readonly close: () => Promise<void> }> {
  const { pool, ledger, brokers, topic = EVENTS_TOPIC.topic } = place;
  if (brokers === null) {
    return { source: ledgerSource(new PostgresLedgerReader(pool), ledger), close: () => Promise.resolve() };
  }
  const events = new TopicEvents(ledger, await readIncarnation(pool));
  const kafka = connectKafka({ brokers, clientId: 'waybill-rebuild', log: SILENT });
  const groupId = `waybill-rebuild.${randomUUID()}`;
  const parts = { kafka, handler: events.handler, onPoison: () => undefined, log: SILENT };
  const consumer = new KafkajsConsumer(parts, { topic, groupId });
  consumer.start();
  return { source: events, close: () => closed(events, consumer, kafka, groupId) };
}

async function closed(
  events: TopicEvents,
  consumer: KafkajsConsumer,
  kafka: ReturnType<typeof connectKafka>,
  groupId: string,
): Promise<void> {
  events.end();
  await consumer.stop();
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.deleteGroups([groupId]);
  } finally {
    await admin.disconnect();
  }
}

/** A message that is no event, or a broker that is away, shows as a position that does not come, and is told so. */
const SILENT: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

function quiet(): void {}
