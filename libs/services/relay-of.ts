import type pg from 'pg';
import { PostgresLedgerReader } from '#libs/event-store';
import {
  connectKafka,
  EVENTS_TOPIC,
  KafkajsPublisher,
  KafkajsTopic,
  type Log,
  logRelay,
  Relay,
  type RelayObserver,
  relayProgress,
} from '#libs/messaging';
import { measuredRelay, measurePublications, type Metrics, together } from './metrics/index.ts';

export interface RelayServers {
  /** As role waybill_relay. */
  readonly pool: pg.Pool;
  readonly brokers: readonly string[];
  /** Copies of each partition of a new topic; null: the broker's default. */
  readonly replicas: number | null;
  /** UUID of the store's life. */
  readonly incarnation: string;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** A relay of every ledger to the topic of events, and that topic. Not yet started; neither asks Kafka anything before. */
export function relayOf({ pool, brokers, replicas, incarnation, log, metrics }: RelayServers): {
  readonly relay: Relay;
  readonly topic: KafkajsTopic;
} {
  const kafka = connectKafka({ brokers, clientId: 'waybill-relay', log });
  const topic = new KafkajsTopic(kafka, replicas === null ? EVENTS_TOPIC : { ...EVENTS_TOPIC, replicas });
  const relay = new Relay({
    reader: new PostgresLedgerReader(pool),
    progress: relayProgress(pool, topic.topic),
    topic,
    publisher: new KafkajsPublisher(kafka, topic.topic),
    incarnation,
    observer: together<RelayObserver>(logRelay(log), measuredRelay(metrics)),
  });
  measurePublications(metrics, pool, topic.topic, relay);
  return { relay, topic };
}
