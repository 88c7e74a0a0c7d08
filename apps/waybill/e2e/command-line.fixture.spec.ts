import { spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { runCli } from '../cli/run.ts';
import { MAIN, PROJECT } from './running-waybill.fixture.spec.ts';

export interface Said {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `waybill ARGS` to its end. */
export function waybill(...args: readonly string[]): Promise<Said> {
  return waybillWith({}, ...args);
}

/** The same, with variables of the environment added. */
export async function waybillWith(added: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...added },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  }
  const exitCode = await new Promise<number | null>((ended, fail) => {
    child.once('error', fail);
    child.once('close', ended);
  });
  return { exitCode, ...texts };
}

/** The same command line without a process of its own, for specs that say many. */
export async function waybillHere(...args: readonly string[]): Promise<Said> {
  const texts = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    new Writable({
      write: (chunk, _, done) => {
        texts[name] += String(chunk);
        done();
      },
    });
  const exitCode = await runCli(args, { out: into('stdout'), err: into('stderr') });
  return { exitCode, ...texts };
}
