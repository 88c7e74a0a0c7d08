import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { Completeness } from './compare.ts';
import { generationStandings } from './generations.ts';
import { lookAtCompleteness } from './look.ts';

export interface CompletenessObserver {
  /** The live generation of `ledger` has read something else than the ledger holds. */
  incomplete?(ledger: Id, found: Completeness): void;
  /** A look failed and will be tried again. */
  failed?(error: unknown): void;
}

/**
 * Looks every now and then whether the live read models of each ledger have read what it holds. Of several processes
 * the first to come looks; the others find that it was done.
 */
export class CompletenessWatch {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly db: Queryable,
    private readonly observer: CompletenessObserver,
    private readonly everyMs = 30_000,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when the look under way is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.look();
      } catch (error) {
        this.observer.failed?.(error);
      }
      await this.napping();
    }
  }

  private async napping(): Promise<void> {
    const { signal } = this.stopping;
    try {
      await sleep(this.everyMs / 4, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private async look(): Promise<void> {
    for (const { ledger, isLive, position, verifiedPosition, differs, lookedAtMs } of await generationStandings(
      this.db,
    )) {
      const isKnown = position === verifiedPosition && !differs;
      const isRecent = lookedAtMs !== null && Date.now() - lookedAtMs < this.everyMs;
      if (!isLive || isKnown || isRecent || this.stopping.signal.aborted) continue;
      const found = await lookAtCompleteness(this.db, ledger);
      if (found.code !== null) this.observer.incomplete?.(ledger, found);
    }
  }
}
