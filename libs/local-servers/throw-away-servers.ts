import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startKafka, type LocalKafka } from './kafka/start-kafka.ts';
import { startPostgres, type LocalPostgres } from './postgres/start-postgres.ts';

export interface ThrowAwayServers {
  readonly postgres: LocalPostgres | undefined;
  readonly kafka: LocalKafka | undefined;
  /** Stops them and removes their data. */
  stop(): Promise<void>;
}

/** Servers for one test run or benchmark, on free ports, with data in a folder of their own; fsync on, as in earnest. */
export async function startThrowAwayServers(wanted: { postgres: boolean; kafka: boolean }): Promise<ThrowAwayServers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'waybill-servers-'));
  // PostgreSQL's unprivileged user has to pass through it when we are root.
  await chmod(folder, 0o711);
  const started = await Promise.allSettled([
    wanted.postgres ? startPostgres({ dataFolder: path.join(folder, 'postgres'), port: 0, auth: 'trust' }) : undefined,
    wanted.kafka ? startKafka({ dataFolder: path.join(folder, 'kafka'), port: 0, controllerPort: 0 }) : undefined,
  ]);
  const [postgres, kafka] = started.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined));
  const servers = { postgres: postgres as LocalPostgres | undefined, kafka: kafka as LocalKafka | undefined };
  const stop = () => stopAll(servers, folder);
  const failure = started.find((outcome) => outcome.status === 'rejected');
  if (failure === undefined) return { ...servers, stop };
  await stop();
  throw failure.reason;
}

async function stopAll(servers: Pick<ThrowAwayServers, 'postgres' | 'kafka'>, folder: string): Promise<void> {
  await Promise.all([servers.postgres?.stop(), servers.kafka?.stop()]);
  await Promise.all([servers.postgres?.removeData(), servers.kafka?.removeData()]);
  await rm(folder, { recursive: true, force: true });
}
