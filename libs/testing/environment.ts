/** The suite runs without its servers: `npm test` starts them, or the variable names one. */
export class MissingTestServerError extends Error {
  readonly code = 'TEST_SERVER_MISSING';
  constructor(readonly variable: string) {
    super(`${variable} names no server: run the int suite through Jest's project "int"`);
  }
}

export function requiredEnvironment(variable: 'WAYBILL_TEST_DATABASE_URL' | 'WAYBILL_TEST_KAFKA_BROKERS'): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new MissingTestServerError(variable);
  return value;
}
