import { performance } from 'node:perf_hooks';

export interface Measurement {
  readonly callers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
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
  const sorted = Float64Array.from(latenciesMs).sort();
  const quantile = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
  return { callers, perSecond: (sorted.length / elapsedMs) * 1_000, p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
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
