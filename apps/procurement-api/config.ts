/** What the environment says to procurement-api. */
export interface ProcurementApiConfig {
  /** As role waybill_writer. */
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: URL;
  readonly algorithms: readonly string[];
}

/** A variable is missing or wrong. Names it, never its value. */
export class ConfigInvalid extends Error {
  readonly code = 'CONFIG_INVALID';
  constructor(readonly variable: string) {
    super(`${variable} is missing or wrong`);
  }
}

/** Throws {@link ConfigInvalid}. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ProcurementApiConfig {
  const required = (variable: string) => {
    const value = environment[variable];
    if (!value) throw new ConfigInvalid(variable);
    return value;
  };
  return {
    databaseUrl: required('DATABASE_URL'),
    host: environment['HOST'] ?? '127.0.0.1',
    port: portOf(environment['PORT'] ?? '3001'),
    issuer: required('TOKEN_ISSUER'),
    audience: required('TOKEN_AUDIENCE'),
    jwksUrl: urlOf('TOKEN_JWKS_URL', required('TOKEN_JWKS_URL')),
    algorithms: (environment['TOKEN_ALGORITHMS'] ?? 'ES256').split(','),
  };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new ConfigInvalid('PORT');
  return port;
}

function urlOf(variable: string, text: string): URL {
  if (!URL.canParse(text)) throw new ConfigInvalid(variable);
  return new URL(text);
}
