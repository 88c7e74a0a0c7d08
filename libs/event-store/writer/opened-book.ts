import type { SnapshotFault } from '../snapshot/believed.ts';

/** How a book was read. */
export interface OpenedBook {
  readonly ledger: string;
  readonly head: number;
  /** Of the snapshot that it began with; 0 when it was read from the first event. */
  readonly snapshotAt: number;
  /** Why a snapshot that lay there was left aside; null when it was not, or none was there. */
  readonly ignored: SnapshotFault | 'unreadable' | null;
  /** With `unreadable` alone: what PostgreSQL said. */
  readonly error?: unknown;
  readonly durationMs: number;
}
