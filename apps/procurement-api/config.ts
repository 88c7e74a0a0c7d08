import { type Environment, metricsPlace, type MetricsPlace, portOr, required, requiredUrl } from '#libs/config';

/** What the environment says to procurement-api. */
export interface ProcurementApiConfig {
  /** As role waybill_writer. */
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly metrics: MetricsPlace;
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: URL;
  readonly algorithms: readonly string[];
}

/** Throws `ConfigInvalid`. */
export function readConfig(environment: Environment): ProcurementApiConfig {
  return {
    databaseUrl: required(environment, 'DATABASE_URL'),
    host: environment['HOST'] ?? '127.0.0.1',
    port: portOr(environment, 'PORT', 3001),
    metrics: metricsPlace(environment, 3101),
    issuer: required(environment, 'TOKEN_ISSUER'),
    audience: required(environment, 'TOKEN_AUDIENCE'),
    jwksUrl: requiredUrl(environment, 'TOKEN_JWKS_URL'),
    algorithms: (environment['TOKEN_ALGORITHMS'] ?? 'ES256').split(','),
  };
}
