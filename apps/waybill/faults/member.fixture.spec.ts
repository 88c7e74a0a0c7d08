import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT } from '../e2e/running-waybill.fixture.spec.ts';

const READY_WITHIN_MS = 90_000;
const RESTART_DELAY_MS = 500;
const KEPT_LINES = 200;
/** Goes in front of the unchanged main and ends the process at a point that it is told; see the file. */
const POINTS = join(import.meta.dirname, 'fixtures', 'dies-at-point.mjs');

export interface MemberPlace {
  /** Unique in its cluster: `relay-1`. */
  readonly name: string;
  /** The folder under apps. */
  readonly app: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly url: string;
  /** A folder for the file that names the point to die at. */
  readonly folder: string;
}

/** One service as a process of its own, started again when it ends by itself, as any orchestrator would. */
export class Member {
  private child: ChildProcess | null = null;
  private readonly output: string[] = [];
  private wanted = false;
  private readonly deathsFound: string[] = [];
  private readonly onDeath: (() => void)[] = [];

  constructor(private readonly place: MemberPlace) {}

  get name(): string {
    return this.place.name;
  }

  get url(): string {
    return this.place.url;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** How it ended each time that nobody killed it, with its last words: a service outlives its servers, so there are none. */
  get deaths(): readonly string[] {
    return this.deathsFound;
  }

  get lastLines(): readonly string[] {
    return this.output;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    this.spawn();
    await this.ready();
  }

  /** Begins to run; ready later. */
  spawn(): void {
    if (this.child !== null) return;
    this.wanted = true;
    const { app, environment, folder, name } = this.place;
    const child = spawn(process.execPath, ['--import', POINTS, join(PROJECT, 'dist/apps', app, 'main.js')], {
      env: { PATH: process.env['PATH'] ?? '', ...environment, DIES_AT_FILE: join(folder, name) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.keep(text));
    }
    child.once('exit', (code, signal) => this.ended(signal ?? `exit code ${code}`));
    this.child = child;
  }

  /** SIGKILL; resolves when it is gone. Nobody starts it again but {@link start}. */
  async kill(): Promise<void> {
    this.wanted = false;
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    this.wanted = false;
    await this.end('SIGTERM');
  }

  /** SIGSTOP: it stands still in the middle of whatever it does, its connections open. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** It kills itself when it next passes `point`; resolves when it has. */
  async dieAt(point: string): Promise<void> {
    this.wanted = false;
    writeFileSync(join(this.place.folder, this.name), point);
    const died = new Promise<void>((resolve) => this.onDeath.push(resolve));
    this.child?.kill('SIGUSR2');
    await died;
  }

  async ready(): Promise<void> {
    const giveUpAtMs = performance.now() + READY_WITHIN_MS;
    while (!(await isReady(this.url))) {
      if (performance.now() > giveUpAtMs) {
        throw new Error(`${this.name} is not ready\n${this.output.slice(-20).join('\n')}`);
      }
      await sleep(100);
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === null) return;
    const gone = new Promise<void>((resolve) => this.onDeath.push(resolve));
    child.kill(signal);
    await gone;
  }

  private ended(how: string): void {
    this.child = null;
    for (const tell of this.onDeath.splice(0)) tell();
    if (!this.wanted) return;
    this.deathsFound.push(`${how}; it said ${this.output.slice(-12).join('\n')}`);
    setTimeout(() => this.wanted && this.spawn(), RESTART_DELAY_MS).unref();
  }

  private keep(text: string): void {
    this.output.push(...text.split('\n').filter((line) => line !== ''));
    this.output.splice(0, Math.max(0, this.output.length - KEPT_LINES));
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch (error) {
    if (['TypeError', 'TimeoutError'].includes((error as Error).name)) return false;
    throw error;
  }
}
