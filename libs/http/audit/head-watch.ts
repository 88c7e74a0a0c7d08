import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerHead } from '#libs/event-store';
import type { Id } from '#libs/kernel';

type ReadHeads = () => Promise<ReadonlyMap<Id, LedgerHead>>;

/** Waits for ledgers to grow: one poll a process, however many wait, and none while nobody does. */
export class HeadWatch {
  private round: Promise<ReadonlyMap<Id, LedgerHead>> | null = null;

  constructor(
    private readonly heads: ReadHeads,
    private readonly pollMs: number,
  ) {}

  /** Whether `ledger` goes beyond `position` within `waitMs`; false as well when `signal` aborts. Throws what the database says. */
  async isBeyond(ledger: Id, position: number, waitMs: number, signal: AbortSignal): Promise<boolean> {
    const deadlineMs = performance.now() + waitMs;
    while (!signal.aborted) {
      const heads = await this.nextRound();
      if ((heads.get(ledger)?.position ?? 0) > position) return true;
      if (performance.now() >= deadlineMs) return false;
    }
    return false;
  }

  /** Whoever waits at the time of a round shares it. */
  private nextRound(): Promise<ReadonlyMap<Id, LedgerHead>> {
    this.round ??= sleep(this.pollMs)
      .then(() => this.heads())
      .finally(() => (this.round = null));
    return this.round;
  }
}
