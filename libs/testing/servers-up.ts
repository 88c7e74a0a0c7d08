import type { ThrowAwayServers } from '#libs/local-servers';

/** Where Jest's teardown, in the same process, finds what its setup started. */
const SERVERS = Symbol.for('waybill.testing.servers');

/**
 * Gives the int suite its servers: those that WAYBILL_TEST_DATABASE_URL and WAYBILL_TEST_KAFKA_BROKERS name, else
 * throw-away ones. Jest runs this outside its module registry, so `#libs` is the build here: `npm run build` first.
 */
export default async function serversUp(): Promise<void> {
  const missing = {
    postgres: process.env['WAYBILL_TEST_DATABASE_URL'] === undefined,
    kafka: process.env['WAYBILL_TEST_KAFKA_BROKERS'] === undefined,
  };
  if (!missing.postgres && !missing.kafka) return;
  const { startThrowAwayServers } = await import('#libs/local-servers');
  const servers = await startThrowAwayServers(missing);
  Reflect.set(globalThis, SERVERS, servers);
  announce(servers);
}

function announce({ postgres, kafka }: ThrowAwayServers): void {
  if (postgres !== undefined) process.env['WAYBILL_TEST_DATABASE_URL'] = postgres.ownerUrl;
  if (kafka !== undefined) process.env['WAYBILL_TEST_KAFKA_BROKERS'] = kafka.brokers.join(',');
}
