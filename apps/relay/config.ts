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

/** What the environment says to the relay. */
export interface RelayConfig {
  /** As role waybill_relay. */
  readonly databaseUrl: string;
  /** `host:port` of some brokers. */
  readonly brokers: readonly string[];
  /** Copies of each partition of a new topic; null: the broker's default. */
  readonly replicas: number | null;
  /** Where health is answered. */
  readonly healthHost: string;
  readonly healthPort: number;
  readonly metrics: MetricsPlace;
  readonly logLevel: LevelWithSilent;
}

/** Throws `ConfigInvalid`. */
export function readConfig(environment: Environment = process.env): RelayConfig {
  const replicas = environment['KAFKA_REPLICAS'];
  return {
    databaseUrl: matching('DATABASE_URL', environment['DATABASE_URL'] ?? '', (text) => URL.canParse(text)),
    brokers: requiredBrokers(environment, 'KAFKA_BROKERS'),
    replicas:
      replicas === undefined ? null : Number(matching('KAFKA_REPLICAS', replicas, (text) => /^[1-9]$/.test(text))),
    healthHost: environment['HEALTH_HOST'] ?? '127.0.0.1',
    healthPort: portOr(environment, 'HEALTH_PORT', 3011),
    metrics: metricsPlace(environment, 3111),
    logLevel: logLevel(environment),
  };
}
