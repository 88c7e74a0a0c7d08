import type { KeepOutcome } from './snapshot.ts';

/** What became of an attempt to keep a snapshot. */
export interface KeptSnapshot {
  readonly ledger: string;
  readonly position: number;
  readonly outcome: KeepOutcome | 'failed';
  /** That changed since the snapshot before. */
  readonly entries: number;
  readonly parts: number;
  readonly durationMs: number;
  /** With `failed` alone. */
  readonly error?: unknown;
}
