/** npm run bench [-- ARGUMENTS]: the benchmarks on servers of their own, which are gone afterwards. */
import './steps/node-version.mjs';
import { fail } from './steps/fail.mjs';
import { prepare } from './steps/prepare.mjs';
import { inProject, run, step } from './steps/project.mjs';

process.exitCode = await bench().catch(fail);

async function bench() {
  await prepare({ kafka: 'required' });
  const { startThrowAwayServers } = await import(inProject('dist', 'libs', 'local-servers', 'index.js'));
  let servers;
  await step('PostgreSQL and Kafka for this run', async () => {
    servers = await startThrowAwayServers({ postgres: true, kafka: true });
  });
  try {
    return await run(process.execPath, [inProject('dist', 'bench', 'main.js'), ...process.argv.slice(2)], {
      env: {
        WAYBILL_BENCH_DATABASE_URL: servers.postgres.ownerUrl,
        WAYBILL_BENCH_KAFKA_BROKERS: servers.kafka.brokers.join(','),
      },
    });
  } finally {
    await servers.stop();
  }
}
