/** What `bench/main.ts` and whoever starts the servers tell a benchmark. */
export interface BenchEnvironment {
  readonly serverUrl: string;
  readonly brokers: readonly string[];
  /** Length of the long ledger. */
  readonly events: number;
}

export function benchEnvironment(): BenchEnvironment {
  const { WAYBILL_BENCH_DATABASE_URL: serverUrl, WAYBILL_BENCH_KAFKA_BROKERS: brokers = '' } = process.env;
  if (serverUrl === undefined) throw new TypeError('WAYBILL_BENCH_DATABASE_URL names no server');
  return { serverUrl, brokers: brokers.split(','), events: Number(process.env['WAYBILL_BENCH_EVENTS'] ?? '1000000') };
}
