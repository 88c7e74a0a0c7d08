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
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): ProjectorConfig {
  const brokers = environment['KAFKA_BROKERS'];
  return {
    databaseUrl: checked('DATABASE_URL', environment['DATABASE_URL'] ?? '', (text) => URL.canParse(text)),
    brokers: brokers === undefined ? null : checked('KAFKA_BROKERS', brokers, areBrokers).split(','),
    groupId: checked('KAFKA_GROUP', environment['KAFKA_GROUP'] ?? 'waybill-projector', isGroup),
    healthHost: environment['HEALTH_HOST'] ?? '127.0.0.1',
    healthPort: Number(checked('HEALTH_PORT', environment['HEALTH_PORT'] ?? '3012', isPort)),
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

function isGroup(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,200}$/.test(text);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function isLevel(text: string): boolean {
  return ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'].includes(text);
}
