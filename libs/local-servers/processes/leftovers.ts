import { setTimeout as delay } from 'node:timers/promises';
import { DataFolderInUseError } from '../errors.ts';
import { parentOf, processesWorkingIn } from './process-facts.ts';

export interface StopStep {
  readonly signal: NodeJS.Signals;
  /** How long the processes have, in seconds, before the next step. */
  readonly waitSeconds: number;
  /** Who gets the signal: only those whose parent works elsewhere (a server ends its children itself), or each. */
  readonly to: 'roots' | 'each';
}

/**
 * Ends what an earlier start left working in this folder: a server whose parent died with its shell, or children of a
 * server that died. Returns the pids found. A pid file is not asked: pids are used again.
 * Throws `DataFolderInUseError` when one survives every step.
 */
export async function endLeftovers(folder: string, steps: readonly StopStep[]): Promise<readonly number[]> {
  const found = await processesWorkingIn(folder);
  for (const step of steps) {
    const left = await processesWorkingIn(folder);
    if (left.length === 0) break;
    for (const pid of step.to === 'roots' ? await rootsOf(left) : left) signalIfAlive(pid, step.signal);
    await untilGone(folder, step.waitSeconds * 1000);
  }
  const [survivor] = await processesWorkingIn(folder);
  if (survivor !== undefined) throw new DataFolderInUseError(folder, survivor);
  return found;
}

async function rootsOf(pids: readonly number[]): Promise<readonly number[]> {
  const parents = await Promise.all(pids.map((pid) => parentOf(pid)));
  return pids.filter((_, index) => !pids.includes(parents[index] ?? 0));
}

async function untilGone(folder: string, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  while (Date.now() < deadline && (await processesWorkingIn(folder)).length > 0) await delay(50);
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
