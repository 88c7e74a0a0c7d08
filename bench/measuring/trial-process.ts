import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A measured process: it gets one order when it starts, and tells what it measures. */
export interface TrialProcess {
  /** The next thing that it tells. Rejects when it ends before. */
  next<Told>(): Promise<Told>;
  send(message: object): void;
  /** Lets go of it, and resolves when it has ended. */
  end(): Promise<void>;
}

/** Starts `script` (an absolute path) with `order`, which the script reads with `orderGiven`. */
export function startTrial(script: string, order: object): TrialProcess {
  const child = fork(script, [JSON.stringify(order)], { execArgv: ['--expose-gc'] });
  return { next: () => told(child), send: (message) => void child.send(message), end: () => ended(child) };
}

/** What one process measures from its start to its end. */
export async function trial<Told>(script: string, order: object): Promise<Told> {
  const process = startTrial(script, order);
  try {
    return await process.next<Told>();
  } finally {
    await process.end();
  }
}

/** In the measured process: what it is to do. It ends when its parent lets go of it, however that ends. */
export function orderGiven(): unknown {
  process.once('disconnect', () => process.exit(0));
  return JSON.parse(process.argv[2] ?? '{}');
}

/** In the measured process: tells the parent. */
export function report(told: object): void {
  process.send?.(told);
}

async function told<Told>(child: ChildProcess): Promise<Told> {
  const ac = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', { signal: ac.signal }).then(([message]) => message as Told),
      once(child, 'exit', { signal: ac.signal }).then(([code]) => endedEarly(code)),
    ]);
  } finally {
    ac.abort();
  }
}

function endedEarly(code: unknown): never {
  throw new Error(`a measured process ended with ${String(code)} before it told anything`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exit;
}
