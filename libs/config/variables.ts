import { ConfigInvalid } from './config-invalid.ts';

/** What a process is told, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The value; throws {@link ConfigInvalid} when there is none or it is empty. */
export function required(environment: Environment, variable: string): string {
  const value = environment[variable];
  if (!value) throw new ConfigInvalid(variable);
  return value;
}

/** An absolute URL, required. Throws {@link ConfigInvalid}. */
export function requiredUrl(environment: Environment, variable: string): URL {
  const text = required(environment, variable);
  if (!URL.canParse(text)) throw new ConfigInvalid(variable);
  return new URL(text);
}

/** A TCP port, 0 to 65535; 0: any. Throws {@link ConfigInvalid}. */
export function portOr(environment: Environment, variable: string, fallback: number): number {
  const text = environment[variable] ?? String(fallback);
  return Number(matching(variable, text, (port) => /^\d{1,5}$/.test(port) && Number(port) <= 65_535));
}

/** Brokers as `host:port`, separated by commas. Throws {@link ConfigInvalid}. */
export function requiredBrokers(environment: Environment, variable: string): readonly string[] {
  const brokers = /^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/;
  return matching(variable, environment[variable] ?? '', (text) => brokers.test(text)).split(',');
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** LOG_LEVEL, `info` unless told. Throws {@link ConfigInvalid}. */
export function logLevel(environment: Environment): (typeof LOG_LEVELS)[number] {
  const text = environment['LOG_LEVEL'] ?? 'info';
  const level = LOG_LEVELS.find((each) => each === text);
  if (level === undefined) throw new ConfigInvalid('LOG_LEVEL');
  return level;
}

/** `text`, when `accepts` says so; throws {@link ConfigInvalid} otherwise. */
export function matching(variable: string, text: string, accepts: (text: string) => boolean): string {
  if (!accepts(text)) throw new ConfigInvalid(variable);
  return text;
}
