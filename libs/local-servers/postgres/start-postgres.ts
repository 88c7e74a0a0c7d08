import { mkdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../free-port.ts';
import { claimFolder } from '../processes/folder-claim.ts';
import { endLeftovers, type StopStep } from '../processes/leftovers.ts';
import { supervise, type SupervisedProcess } from '../processes/supervised-process.ts';
import { initialise } from './initialise.ts';
import { passwordBook, type PasswordBook } from './passwords.ts';
import { placePostgres, type PostgresPlace } from './place.ts';
import { untilAnswering } from './ready.ts';

export interface PostgresOptions {
  /** Everything of this server: cluster, passwords, the claim. Made when absent. */
  readonly dataFolder: string;
  /** Taken: the next free one. 0: any. */
  readonly port: number;
  readonly auth: 'scram' | 'trust';
  /** Made when absent; `waybill` unless told. */
  readonly database?: string;
  readonly onLog?: (line: string) => void;
}

export interface LocalPostgres {
  /** Superuser `postgres` on the database; holds a password under scram: never for a log. */
  readonly ownerUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, stopped or not. */
  readonly exited: Promise<unknown>;
  /**
   * The password this server's role has or is to get under scram, generated once and kept beside the data (0600): hand
   * it to setRolePasswords after migrating. Under trust nobody asks for it.
   */
  passwordOf(role: string): Promise<string>;
  stop(): Promise<void>;
  /** After `stop`: the data, wherever it lies. */
  removeData(): Promise<void>;
}

/** Fast shutdown first; children of a postmaster that died get what the postmaster would have sent them. */
const LEFTOVER_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', to: 'roots', waitSeconds: 10 },
  { signal: 'SIGQUIT', to: 'each', waitSeconds: 5 },
  { signal: 'SIGKILL', to: 'each', waitSeconds: 5 },
];

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'on',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/**
 * Starts a PostgreSQL of this project on 127.0.0.1, initialising it once and ending what a killed start left.
 * Throws `ServerToolMissingError`, `DataFolderInUseError`, `ServerStartError`, `UntrustedFolderError`.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  await mkdir(options.dataFolder, { recursive: true });
  const dataFolder = await realpath(options.dataFolder);
  const claim = await claimFolder(dataFolder);
  try {
    return await startClaimed({ ...options, dataFolder }, claim.release);
  } catch (error) {
    await claim.release();
    throw error;
  }
}

async function startClaimed(options: PostgresOptions, release: () => Promise<void>): Promise<LocalPostgres> {
  const place = await placePostgres(options.dataFolder);
  await endLeftovers(place.cluster, LEFTOVER_STEPS);
  await rm(path.join(place.cluster, 'postmaster.pid'), { force: true });
  const passwords = await passwordBook(options.dataFolder);
  const password = await passwords('postgres');
  await initialise(place, options.auth, password);
  const port = await freePort(options.port);
  const server = await supervise(postmaster(place, port, options));
  const ownerUrl = await untilAnswering(server, { port, password, database: options.database ?? 'waybill' });
  return running({ place, port, server, ownerUrl, passwords, release });
}

function postmaster(place: PostgresPlace, port: number, { onLog }: PostgresOptions) {
  const settings = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return {
    name: 'PostgreSQL',
    command: [place.program('postgres'), '-D', place.cluster, ...settings],
    workFolder: place.cluster,
    user: place.user,
    environment: { TZ: 'UTC', LC_ALL: 'C' },
    stopSignal: 'INT' as const,
    stopWithinSeconds: 30,
    onLog: onLog ?? (() => undefined),
  };
}

interface Running {
  readonly place: PostgresPlace;
  readonly port: number;
  readonly server: SupervisedProcess;
  readonly ownerUrl: string;
  readonly passwords: PasswordBook;
  readonly release: () => Promise<void>;
}

function running({ place, port, server, ownerUrl, passwords, release }: Running): LocalPostgres {
  return {
    ownerUrl,
    port,
    pid: server.pid,
    exited: server.exited,
    passwordOf: passwords,
    async stop() {
      await server.stop();
      await release();
    },
    removeData: () => place.remove(),
  };
}
