import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  assertDurable,
  assertLeastPrivilege,
  migrate,
  openPool,
  readIncarnation,
  roleUrl,
  setRolePasswords,
  WAYBILL_ROLES,
  type WaybillRole,
} from '#libs/event-store';
import { ServerToolMissingError, startKafka, startPostgres } from '#libs/local-servers';
import type pg from 'pg';
import { auditorUrlFile } from '../cli/database.ts';
import type { ExitCode } from '../cli/subcommand.ts';
import type { WaybillConfig } from '../config.ts';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import { say, step } from './progress.ts';

export interface Servers {
  /** A pool signed in as the role, closed with everything else. */
  pool(role: WaybillRole, maxConnections: number): pg.Pool;
  /** UUID of the store's life. */
  readonly incarnation: string;
  /** Null: there is no Kafka, and the read models are fed from the ledger itself. */
  readonly brokers: readonly string[] | null;
  /** Resolves when a server that this process started has ended without being told to. */
  readonly died: Promise<{ readonly text: string; readonly exitCode: ExitCode }>;
}

const POSTGRES_PORT = 54_329;
const KAFKA_PORT = 59_092;

/** PostgreSQL, migrated and checked, and Kafka: started here, or given by the environment. */
export async function startServers(config: WaybillConfig, logs: Logs, closing: ClosingStack): Promise<Servers> {
  const [postgres, kafka] = await Promise.all([
    step('PostgreSQL', () => database(config, logs, closing)),
    step('Kafka', () => brokers(config, logs, closing)),
  ]);
  const pool: Servers['pool'] = (role, maxConnections) => {
    const onIdleError = (error: Error) => logs.log.warn({ err: error, role }, 'database connection lost');
    const opened = openPool(postgres.url(role), { applicationName: `waybill ${role}`, maxConnections, onIdleError });
    closing.onClose(() => opened.end());
    return opened;
  };
  const writer = pool('waybill_writer', 1);
  await assertDurable(writer);
  await assertLeastPrivilege(writer);
  return {
    pool,
    incarnation: await readIncarnation(writer),
    brokers: kafka.brokers,
    died: Promise.race([postgres.died, kafka.died]),
  };
}

interface Database {
  url(role: WaybillRole): string;
  readonly died: Servers['died'];
}

async function database(config: WaybillConfig, logs: Logs, closing: ClosingStack): Promise<Database> {
  if (config.databaseUrl !== null) return givenDatabase(config.databaseUrl);
  const server = await startPostgres({
    dataFolder: join(config.dataFolder, 'postgres'),
    port: POSTGRES_PORT,
    auth: 'scram',
    onLog: logs.lines('postgresql'),
  });
  closing.onClose(() => server.stop());
  await migrate(server.ownerUrl);
  const passwords = Object.fromEntries(
    await Promise.all(WAYBILL_ROLES.map(async (role) => [role, await server.passwordOf(role)] as const)),
  );
  await setRolePasswords(server.ownerUrl, passwords);
  const url = (role: WaybillRole) => roleUrl(server.ownerUrl, role, passwords[role]);
  await writeFile(auditorUrlFile(config.dataFolder), `${url('waybill_auditor')}\n`, { mode: 0o600 });
  return { url, died: death('PostgreSQL', server.exited) };
}

/** Roles of a given server sign in as it lets them: with the owner's password file, or by trust. */
async function givenDatabase(ownerUrl: string): Promise<Database> {
  await migrate(ownerUrl);
  return { url: (role) => roleUrl(ownerUrl, role), died: never() };
}

interface Brokers {
  readonly brokers: readonly string[] | null;
  readonly died: Servers['died'];
}

async function brokers(config: WaybillConfig, logs: Logs, closing: ClosingStack): Promise<Brokers> {
  if (config.kafkaBrokers !== null) return { brokers: config.kafkaBrokers, died: never() };
  const started = await localKafka(config, logs);
  if (started === null) return { brokers: null, died: never() };
  closing.onClose(() => started.stop());
  return { brokers: started.brokers, died: death('Kafka', started.exited) };
}

/** Null, said aloud, on a machine without Java or Maven. */
async function localKafka(config: WaybillConfig, logs: Logs) {
  try {
    const dataFolder = join(config.dataFolder, 'kafka');
    return await startKafka({ dataFolder, port: KAFKA_PORT, controllerPort: KAFKA_PORT + 1, onLog: logs.lines('kafka') });
  } catch (error) {
    if (!(error instanceof ServerToolMissingError)) throw error;
    say(`Kafka is off: ${error.message} The read models are fed from the ledger itself; nothing is published.`);
    return null;
  }
}

async function death(server: string, exited: Promise<unknown>): Promise<Awaited<Servers["died"]>> {
  await exited;
  return { text: `waybill: ${server} has ended; its log says why. Start again to recover.`, exitCode: 1 };
}

function never(): Servers['died'] {
  return new Promise(() => undefined);
}
