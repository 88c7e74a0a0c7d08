import { spawn } from 'node:child_process';
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
