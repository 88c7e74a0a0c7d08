import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when `holds` says so. Throws after `patienceMs`. */
export async function until(patienceMs: number, holds: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAtMs) throw new Error(`not so after ${patienceMs} ms: ${String(holds)}`);
    await sleep(50);
  }
}
