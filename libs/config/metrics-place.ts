import { ConfigInvalid } from './config-invalid.ts';
import { type Environment, portOr } from './variables.ts';

/** Where a process tells its metrics. */
export interface MetricsPlace {
  /** 127.0.0.1 unless told. */
  readonly host: string;
  readonly port: number;
  /** Whether the environment named the port; one that nobody named may give way to a free one. */
  readonly isGiven: boolean;
  /** What a caller shows as its bearer token; null: whoever reaches the address may ask. */
  readonly token: string | null;
}

/**
 * METRICS_HOST, METRICS_PORT and METRICS_TOKEN. Throws {@link ConfigInvalid}, also for an address beyond this machine
 * without a token of at least 32 characters: figures are for those who run Waybill.
 */
export function metricsPlace(environment: Environment, defaultPort: number): MetricsPlace {
  const host = environment['METRICS_HOST'] || '127.0.0.1';
  const token = environment['METRICS_TOKEN'] || null;
  const isWeak = token === null ? !LOOPBACK.test(host) : !/^[\x21-\x7e]{32,}$/.test(token);
  if (isWeak)
    throw new ConfigInvalid('METRICS_TOKEN', 'at least 32 visible characters where METRICS_HOST is not 127.0.0.1');
  const isGiven = Boolean(environment['METRICS_PORT']);
  return { host, port: isGiven ? portOr(environment, 'METRICS_PORT', 0) : defaultPort, isGiven, token };
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;
