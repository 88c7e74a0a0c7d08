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
  readonly logLevel: LevelWithSilent;
}

/** A variable is missing or wrong. Names it, never its value. */
export class ConfigInvalid extends Error {
  readonly code = 'CONFIG_INVALID';
  constructor(readonly variable: string) {
    super(`${variable} is missing or wrong`);
  }
}

/** Throws {@link ConfigInvalid}. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): RelayConfig {
  const replicas = environment['KAFKA_REPLICAS'];
  return {
    databaseUrl: checked('DATABASE_URL', environment['DATABASE_URL'] ?? '', (text) => URL.canParse(text)),
    brokers: checked('KAFKA_BROKERS', environment['KAFKA_BROKERS'] ?? '', areBrokers).split(','),
    replicas:
      replicas === undefined ? null : Number(checked('KAFKA_REPLICAS', replicas, (text) => /^[1-9]$/.test(text))),
    healthHost: environment['HEALTH_HOST'] ?? '127.0.0.1',
    healthPort: Number(checked('HEALTH_PORT', environment['HEALTH_PORT'] ?? '3011', isPort)),
    logLevel: checked('LOG_LEVEL', environment['LOG_LEVEL'] ?? 'info', isLevel) as LevelWithSilent,
  };
}

function checked(variable: string, text: string, accepts: (text: string) => boolean): string {
  if (!accepts(text)) throw new ConfigInvalid(variable);
  return text;
}

function areBrokers(text: string): boolean {
  return /^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/.test(text);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function isLevel(text: string): boolean {
  return ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'].includes(text);
}
