import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '#libs/local-servers';
import { isAlive, killTree, processTree } from '#libs/testing';

export const PROJECT = resolve(import.meta.dirname, '../../..');
export const MAIN = join(PROJECT, 'dist/apps/waybill/main.js');
const READY_WITHIN_MS = 180_000;
const STOPPED_WITHIN_MS = 30_000;

export interface WaybillPlace {
  readonly dataFolder: string;
  readonly port: number;
  /** The owner's URL of a PostgreSQL in place of its own. */
  readonly databaseUrl?: string;
  /** Of a Kafka in place of its own. */
  readonly brokers?: readonly string[];
}

/** `waybill start` as a process of its own, with its databases and brokers, for end-to-end specs. */
export class RunningWaybill {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** Resolves when the readiness line was printed; rejects with the last output when the process ends before. */
  static async start({ dataFolder, port, databaseUrl, brokers = [] }: WaybillPlace): Promise<RunningWaybill> {
    const { DATABASE_URL: _, KAFKA_BROKERS: __, ...environment } = process.env;
    const servers = { DATABASE_URL: databaseUrl ?? '', KAFKA_BROKERS: brokers.join(',') };
    const child = spawn(process.execPath, [MAIN, 'start'], {
      cwd: PROJECT,
      env: { ...environment, ...servers, PORT: String(port), WAYBILL_DATA: dataFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new RunningWaybill(await readyUrl(child), child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The process and all it started. */
  processes(): readonly number[] {
    return processTree(this.pid);
  }

  /** Sends the signal to the one process that a terminal's user sees, and waits for its exit code; null: it was killed. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = once(this.child, 'exit', { signal: AbortSignal.timeout(STOPPED_WITHIN_MS) });
    this.child.kill(signal);
    const [exitCode] = (await ended) as [number | null];
    return exitCode;
  }

  /** As a power cut: the process and all it started at once. */
  async cutPower(): Promise<void> {
    const ended = once(this.child, 'exit', { signal: AbortSignal.timeout(STOPPED_WITHIN_MS) });
    killTree(this.pid);
    await ended;
  }

  /** Ends it when it still runs. */
  async dispose(): Promise<void> {
    if (isAlive(this.pid)) await this.end('SIGTERM');
  }
}

/** A folder for one Waybill's data that every user can pass through, and a free port. */
export async function waybillPlace(): Promise<{ dataFolder: string; port: number; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-e2e-'));
  await chmod(folder, 0o711);
  return {
    dataFolder: join(folder, 'data'),
    port: await freePort(0),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Those of `pids` that still run after `withinMs`. */
export async function survivors(pids: readonly number[], withinMs: number): Promise<readonly number[]> {
  const giveUpAtMs = Date.now() + withinMs;
  for (;;) {
    const alive = pids.filter(isAlive);
    if (alive.length === 0 || Date.now() > giveUpAtMs) return alive;
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new TypeError('the process has no output');
  const said: string[] = [];
  createInterface({ input: stderr }).on('line', (line) => said.push(line));
  return new Promise((ready, fail) => {
    const failWith = (why: string) => fail(new Error(`${why}\n${said.slice(-30).join('\n')}`));
    const timer = setTimeout(() => failWith(`not ready within ${READY_WITHIN_MS} ms`), READY_WITHIN_MS);
    child.once('exit', (code) => failWith(`waybill start ended with ${code}`));
    createInterface({ input: stdout }).on('line', (line) => {
      said.push(line);
      const url = /^Waybill is ready at (http:\S+)$/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      ready(url);
    });
  });
}
