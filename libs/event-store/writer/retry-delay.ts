const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 500;

/** Doubling from 20 ms to 500 ms, each cut by up to half at random, so that writers do not come back as one. */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return delayMs * (1 - random() / 2);
}
