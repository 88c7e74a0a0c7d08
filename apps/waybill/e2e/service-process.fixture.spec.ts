import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '#libs/testing';
import { PROJECT } from './running-waybill.fixture.spec.ts';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 20_000;

/** One of the services as a process of its own. */
export class ServiceProcess {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly output: readonly string[],
  ) {}

  /** Resolves when the service says at `healthUrl` that it is ready. */
  static async start(
    name: string,
    environment: Readonly<Record<string, string>>,
    healthUrl: string,
  ): Promise<ServiceProcess> {
    const child = spawn(process.execPath, [join(PROJECT, 'dist/apps', name, 'main.js')], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    }
    const service = new ServiceProcess(name, child, output);
    await service.ready(`${healthUrl}/health/ready`);
    return service;
  }

  /** The exit code after `signal`; null: it was killed. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = once(this.child, 'exit', { signal: AbortSignal.timeout(STOPPED_WITHIN_MS) });
    this.child.kill(signal);
    const [exitCode] = (await ended) as [number | null];
    return exitCode;
  }

  async dispose(): Promise<void> {
    if (isAlive(this.child.pid ?? 0)) await this.end('SIGKILL');
  }

  private async ready(url: string): Promise<void> {
    const giveUpAtMs = Date.now() + READY_WITHIN_MS;
    while (!(await answersOk(url))) {
      const hasEnded = this.child.exitCode !== null || this.child.signalCode !== null;
      if (hasEnded || Date.now() > giveUpAtMs) {
        await this.dispose();
        throw new Error(`${this.name} is not ready\n${this.output.slice(-20).join('')}`);
      }
      await sleep(100);
    }
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    if ((error as Error).name !== 'TypeError') throw error;
    return false;
  }
}
