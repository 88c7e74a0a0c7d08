import { resolve } from 'node:path';
import { ConfigInvalid, type Environment, metricsPlace, type MetricsPlace } from '#libs/config';

/** What the environment says to the command line and to the single process. */
export interface WaybillConfig {
  /** TCP port of the one origin; 3000 unless PORT says otherwise. */
  readonly port: number;
  /** Folder that holds everything that is kept: `.waybill` in the working directory unless WAYBILL_DATA says otherwise. */
  readonly dataFolder: string;
  /** The owner's URL of a PostgreSQL that replaces the embedded one; null: none. */
  readonly databaseUrl: string | null;
  /** `host:port` of a Kafka that replaces the local one; null: none. */
  readonly kafkaBrokers: readonly string[] | null;
  readonly metrics: MetricsPlace;
}

/** Throws `ConfigInvalid`. */
export function readConfig(environment: Environment = process.env): WaybillConfig {
  return {
    port: portOf(environment['PORT']),
    dataFolder: resolve(environment['WAYBILL_DATA'] || '.waybill'),
    databaseUrl: databaseUrlOf(environment['DATABASE_URL']),
    kafkaBrokers: brokersOf(environment['KAFKA_BROKERS']),
    metrics: metricsPlace(environment, 3100),
  };
}

function portOf(text: string | undefined): number {
  if (!text) return 3000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new ConfigInvalid('PORT', 'a port between 1 and 65535');
  return port;
}

function databaseUrlOf(text: string | undefined): string | null {
  if (!text) return null;
  if (!/^postgres(ql)?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    throw new ConfigInvalid('DATABASE_URL', 'a postgresql:// URL');
  }
  return text;
}

function brokersOf(text: string | undefined): readonly string[] | null {
  if (!text) return null;
  const brokers = text.split(',').map((each) => each.trim());
  if (!brokers.every((each) => /^[^\s:]+:\d{1,5}$/.test(each))) {
    throw new ConfigInvalid('KAFKA_BROKERS', 'host:port, several separated by commas');
  }
  return brokers;
}
