import {
  type Environment,
  logLevel,
  matching,
  metricsPlace,
  type MetricsPlace,
  portOr,
  requiredBrokers,
} from '#libs/config';
import type { LevelWithSilent } from 'pino';

/** What the environment says to the projector. */
export interface ProjectorConfig {
  /** As role waybill_projector. */
  readonly databaseUrl: string;
  /** `host:port` of some brokers; null: the read models are fed from the ledger itself. */
  readonly brokers: readonly string[] | null;
  /** The consumer group that shares the topic's partitions. */
  readonly groupId: string;
  /** Where health is answered. */
  readonly healthHost: string;
  readonly healthPort: number;
  readonly metrics: MetricsPlace;
  readonly logLevel: LevelWithSilent;
}

/** Throws `ConfigInvalid`. */
export function readConfig(environment: Environment = process.env): ProjectorConfig {
  return {
    databaseUrl: matching('DATABASE_URL', environment['DATABASE_URL'] ?? '', (text) => URL.canParse(text)),
    brokers: environment['KAFKA_BROKERS'] === undefined ? null : requiredBrokers(environment, 'KAFKA_BROKERS'),
    groupId: matching('KAFKA_GROUP', environment['KAFKA_GROUP'] ?? 'waybill-projector', isGroup),
    healthHost: environment['HEALTH_HOST'] ?? '127.0.0.1',
    healthPort: portOr(environment, 'HEALTH_PORT', 3012),
    metrics: metricsPlace(environment, 3112),
    logLevel: logLevel(environment),
  };
}

function isGroup(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,200}$/.test(text);
}
