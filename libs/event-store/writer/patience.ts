import { setTimeout as sleep } from 'node:timers/promises';
import { retryDelayMs } from './retry-delay.ts';
import type { WriterObserver } from './rules.ts';

/** How often and how long a batch is sent again while PostgreSQL does not answer. */
export class Patience {
  private attempt = 0;
  private deadlineMs = 0;

  constructor(
    private readonly ledger: string,
    private readonly unavailableAfterMs: number,
    private readonly observer: WriterObserver,
  ) {}

  /** PostgreSQL has answered. */
  renew(): void {
    this.attempt = 0;
  }

  /** Waits until it is time to try again; false when it has been tried for long enough. */
  async waits(error: unknown): Promise<boolean> {
    if (this.attempt++ === 0) this.deadlineMs = performance.now() + this.unavailableAfterMs;
    if (performance.now() > this.deadlineMs) return false;
    const delayMs = retryDelayMs(this.attempt);
    this.observer.onRetry?.({ ledger: this.ledger, attempt: this.attempt, delayMs, error });
    await sleep(delayMs);
    return true;
  }
}
