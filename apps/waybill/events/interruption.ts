import type { Terminal } from '../cli/subcommand.ts';

/** `work` until it ends by itself, the process is told to end, or nobody reads what it says any more. */
export async function untilInterrupted(
  out: Terminal['out'],
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const interruption = new AbortController();
  const end = () => interruption.abort();
  const wayOut = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of wayOut) process.once(signal, end);
  out.once('error', end);
  try {
    await work(interruption.signal);
  } finally {
    for (const signal of wayOut) process.off(signal, end);
    out.off('error', end);
  }
}

/** As a question, since it changes while one waits. */
export function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Half a second; less when the end comes before. */
export function pause(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setTimeout(done, PAUSE_MS);
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}

const PAUSE_MS = 500;
