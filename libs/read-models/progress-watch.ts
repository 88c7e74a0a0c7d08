import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { ReadModelBehind } from './errors.ts';
import { ledgerProgress, progressOf } from './progress.ts';

interface Waiter {
  readonly ledger: Id;
  readonly position: number;
  readonly untilMs: number;
  readonly reached: (position: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Lets queries wait until the read models have a position: one statement every few milliseconds for all that wait, and
 * none while nobody does.
 */
export class ProgressWatch {
  private readonly waiters = new Set<Waiter>();
  private polling = false;
  private nap = new AbortController();

  constructor(
    private readonly db: Queryable,
    private readonly pollMs = 8,
  ) {}

  /** Resolves with where the ledger stands, at least `minPosition`. Throws ReadModelBehind after `timeoutMs`. */
  async waitForPosition(ledger: Id, minPosition: number, timeoutMs: number): Promise<number> {
    const { position } = await ledgerProgress(this.db, ledger);
    if (position >= minPosition) return position;
    return this.reached(ledger, minPosition, timeoutMs);
  }

  /** Looks at once: this process has just moved a checkpoint. */
  wake(): void {
    this.nap.abort();
  }

  private reached(ledger: Id, position: number, timeoutMs: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        ledger,
        position,
        untilMs: performance.now() + timeoutMs,
        reached: resolve,
        failed: reject,
      };
      this.waiters.add(waiter);
      void this.poll();
    });
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    while (this.waiters.size > 0) {
      this.nap = new AbortController();
      await this.look();
      await this.napping();
    }
    this.polling = false;
  }

  private async look(): Promise<void> {
    const waiting = [...this.waiters];
    try {
      const progress = await progressOf(this.db, [...new Set(waiting.map(({ ledger }) => ledger))]);
      for (const waiter of waiting) this.tell(waiter, progress.get(waiter.ledger)?.position ?? 0);
    } catch (error) {
      for (const waiter of waiting) this.settle(waiter, () => waiter.failed(error));
    }
  }

  private tell(waiter: Waiter, position: number): void {
    if (position >= waiter.position) this.settle(waiter, () => waiter.reached(position));
    else if (performance.now() >= waiter.untilMs) {
      this.settle(waiter, () => waiter.failed(new ReadModelBehind(waiter.ledger, waiter.position, position)));
    }
  }

  private settle(waiter: Waiter, how: () => void): void {
    this.waiters.delete(waiter);
    how();
  }

  private async napping(): Promise<void> {
    try {
      await sleep(this.pollMs, undefined, { signal: this.nap.signal });
    } catch (error) {
      if (!this.nap.signal.aborted) throw error;
    }
  }
}
