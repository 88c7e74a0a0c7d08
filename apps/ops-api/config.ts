import { createHash } from 'node:crypto';
import {
  ConfigInvalid,
  type Environment,
  metricsPlace,
  type MetricsPlace,
  portOr,
  required,
  requiredUrl,
} from '#libs/config';

/** What the environment says to ops-api. */
export interface OpsApiConfig {
  /** As role waybill_query. */
  readonly queryDatabaseUrl: string;
  /** As role waybill_auditor. */
  readonly auditorDatabaseUrl: string;
  /** Where procurement-api listens. */
  readonly commandsUrl: string;
  readonly host: string;
  readonly port: number;
  readonly metrics: MetricsPlace;
  /** The folder of the UI's files; null: none. */
  readonly uiFolder: string | null;
  /** At least 32 bytes, the same in every ops-api of one origin. */
  readonly cursorKey: Uint8Array;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly keys: DemoKeys | RemoteKeys;
}

/** The demo issuer, which signs anyone in: on only when WAYBILL_DEMO is 1. */
export interface DemoKeys {
  readonly demoKeyFile: string;
}

export interface RemoteKeys {
  readonly jwksUrl: URL;
}

/** Throws `ConfigInvalid`. */
export function readConfig(environment: Environment): OpsApiConfig {
  return {
    queryDatabaseUrl: required(environment, 'QUERY_DATABASE_URL'),
    auditorDatabaseUrl: required(environment, 'AUDITOR_DATABASE_URL'),
    commandsUrl: requiredUrl(environment, 'PROCUREMENT_API_URL').href,
    host: environment['HOST'] ?? '127.0.0.1',
    port: portOr(environment, 'PORT', 3000),
    metrics: metricsPlace(environment, 3100),
    uiFolder: environment['UI_FOLDER'] ?? null,
    cursorKey: keyOf(required(environment, 'CURSOR_SECRET')),
    issuer: required(environment, 'TOKEN_ISSUER'),
    audience: required(environment, 'TOKEN_AUDIENCE'),
    algorithms: (environment['TOKEN_ALGORITHMS'] ?? 'ES256').split(','),
    keys: keysOf(environment),
  };
}

function keysOf(environment: Environment): DemoKeys | RemoteKeys {
  if (environment['WAYBILL_DEMO'] === '1') return { demoKeyFile: required(environment, 'DEMO_KEY_FILE') };
  return { jwksUrl: requiredUrl(environment, 'TOKEN_JWKS_URL') };
}

function keyOf(secret: string): Uint8Array {
  if (secret.length < 32) throw new ConfigInvalid('CURSOR_SECRET');
  return createHash('sha256').update(secret).digest();
}
