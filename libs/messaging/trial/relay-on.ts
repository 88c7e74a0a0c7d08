import type pg from 'pg';
import { PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import { connectKafka, KafkajsPublisher, KafkajsTopic, logRelay, Relay, relayProgress } from '../index.ts';
import type { KafkaConnection, RelayParts, RelaySettings } from '../index.ts';
import { recordedLog } from './recorded-log.ts';

export interface RelayPlace {
  /** Signed in as waybill_relay. */
  readonly pool: pg.Pool;
  readonly brokers: readonly string[];
  readonly topic: string;
}

/** A relay as the process composes it, with what a spec replaces; not started. */
export async function relayOn(
  { pool, brokers, topic }: RelayPlace,
  changes: {
    readonly parts?: Partial<RelayParts>;
    readonly settings?: Partial<RelaySettings>;
    readonly network?: Pick<KafkaConnection, 'socketFactory'>;
  } = {},
): Promise<{ relay: Relay; log: ReturnType<typeof recordedLog> }> {
  const log = recordedLog();
  const kafka = connectKafka({ brokers, clientId: 'trial-relay', log, ...changes.network });
  const parts: RelayParts = {
    reader: new PostgresLedgerReader(pool),
    progress: relayProgress(pool, topic),
    topic: new KafkajsTopic(kafka, { topic, partitions: 12 }),
    publisher: new KafkajsPublisher(kafka, topic),
    incarnation: await readIncarnation(pool),
    observer: logRelay(log),
    ...changes.parts,
  };
  return { relay: new Relay(parts, changes.settings), log };
}
