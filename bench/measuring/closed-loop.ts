import { performance } from 'node:perf_hooks';

export interface Measurement {
  readonly callers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** `callers` at once, each sending the next when the last is answered, for `durationMs` after `warmUpMs`. */
export async function closedLoop(
  work: () => Promise<void>,
  { callers, durationMs, warmUpMs }: { callers: number; durationMs: number; warmUpMs: number },
): Promise<Measurement> {
  await loop(work, callers, warmUpMs);
  const startMs = performance.now();
  const latenciesMs = await loop(work, callers, durationMs);
  const elapsedMs = performance.now() - startMs;
  return { callers, perSecond: (latenciesMs.length / elapsedMs) * 1_000, ...spreadOf(latenciesMs) };
}

export interface Spread {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function spreadOf(latenciesMs: readonly number[]): Spread {
  const sorted = Float64Array.from(latenciesMs).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? 0 };
}

async function loop(work: () => Promise<void>, callers: number, durationMs: number): Promise<number[]> {
  const latenciesMs: number[] = [];
  const endMs = performance.now() + durationMs;
  const caller = async (): Promise<void> => {
    for (let startMs = performance.now(); startMs < endMs;) {
      await work();
      const nowMs = performance.now();
      latenciesMs.push(nowMs - startMs);
      startMs = nowMs;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return latenciesMs;
}
