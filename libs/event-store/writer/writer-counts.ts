import type { WriterObserver } from './rules.ts';

/** Since the process began. */
export interface WriterCounts {
  readonly batches: number;
  readonly commands: number;
  readonly events: number;
  /** Batches that were decided again as another writer was faster. */
  readonly conflicts: number;
  /** Turns taken at ledgers that other processes write too. */
  readonly turns: number;
  /** Batches sent again as PostgreSQL did not answer. */
  readonly retries: number;
  /** Batches refused, and halved. */
  readonly refusals: number;
}

/** Counts what `next` is told too. */
export function countingObserver(next: WriterObserver): { observer: WriterObserver; counts: () => WriterCounts } {
  const counts = { batches: 0, commands: 0, events: 0, conflicts: 0, turns: 0, retries: 0, refusals: 0 };
  const observer: WriterObserver = {
    onOpened: (opened) => next.onOpened?.(opened),
    onSnapshot: (snapshot) => next.onSnapshot?.(snapshot),
    onBatch(batch) {
      counts.batches += 1;
      counts.commands += batch.commands;
      counts.events += batch.events;
      next.onBatch?.(batch);
    },
    onConflict(conflict) {
      counts.conflicts += 1;
      next.onConflict?.(conflict);
    },
    onTurn(turn) {
      counts.turns += turn.taken ? 1 : 0;
      next.onTurn?.(turn);
    },
    onRetry(retry) {
      counts.retries += 1;
      next.onRetry?.(retry);
    },
    onRefusal(refusal) {
      counts.refusals += 1;
      next.onRefusal?.(refusal);
    },
  };
  return { observer, counts: () => ({ ...counts }) };
}
