import { setTimeout as sleep } from 'node:timers/promises';

export interface OpenLoop {
  readonly perSecond: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
}

/**
 * Begins `work` at a constant rate, however long the earlier ones take, and tells it the millisecond at which it was due and
 * whether the warming up is over. Who times from there counts as slow who waits because the system is slow (coordinated
 * omission, Gil Tene, "How NOT to measure latency"). Throws what the first failure was, and begins nothing after it.
 */
export async function openLoop(
  work: (dueMs: number, measured: boolean) => Promise<void>,
  { perSecond, durationMs, warmUpMs }: OpenLoop,
): Promise<void> {
  const gapMs = 1_000 / perSecond;
  const startMs = performance.now();
  const total = Math.ceil((warmUpMs + durationMs) / gapMs);
  const underWay: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (let begun = 0; begun < total && failures.length === 0; await sleep(1)) {
    for (; begun < total && startMs + begun * gapMs <= performance.now(); begun++) {
      const dueMs = startMs + begun * gapMs;
      underWay.push(work(dueMs, dueMs - startMs >= warmUpMs).catch((error: unknown) => void failures.push(error)));
    }
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}
