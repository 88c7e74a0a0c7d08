import { spawn } from 'node:child_process';
import path from 'node:path';

export const PROJECT = path.resolve(import.meta.dirname, '..', '..');

/** Absolute path of a file of the project. */
export const inProject = (...parts) => path.join(PROJECT, ...parts);

/** Runs a program in the project, its output shown as it comes; resolves to the exit code (1 when ended by a signal). */
export function run(command, args, { env = {} } = {}) {
  const child = spawn(command, args, {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** As `run`, but throws `StepFailed` on any exit code but 0. */
export async function mustRun(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new StepFailed(`${command} ${args.join(' ')}`, code);
}

export class StepFailed extends Error {
  constructor(command, exitCode) {
    super(`${command} ended with exit code ${exitCode}`);
    this.code = 'STEP_FAILED';
    this.exitCode = exitCode;
  }
}

/** Prints what a step does and how long it took; `work` returns a word about the outcome, or nothing. */
export async function step(title, work) {
  const begun = performance.now();
  console.log(`▸ ${title}`);
  const outcome = await work();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`  ${outcome ?? 'done'} (${seconds} s)`);
}
