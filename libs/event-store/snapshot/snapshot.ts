import { createHash } from 'node:crypto';
import type { PackedPart } from './packed-part.ts';

/** All that a book holds at one position, as bytes. */
export interface Snapshot {
  readonly position: number;
  /** Of the event at the position. */
  readonly recordedAtMs: number;
  /** What `outlineOf` makes of the state. */
  readonly outline: string;
  /** Entries of the state's maps, and the versions of streams; the latest last. */
  readonly parts: readonly PackedPart[];
}

/** A snapshot as it lies on the shelf: nothing of it is believed yet. */
export interface ShelvedSnapshot {
  readonly format: string;
  readonly position: number;
  readonly recordedAtMs: number;
  readonly outline: string;
  /** SHA-256 of each part, in their order. */
  readonly partDigests: readonly Buffer[];
  /** The bytes of each; null where they are not there. */
  readonly parts: readonly (Buffer | null)[];
  readonly digest: Buffer;
  /** Whether this store, in this life, has the very event at the position that the snapshot was taken after. */
  readonly anchored: boolean;
}

/** Of the release that decides: snapshots are keyed by it. */
export interface SnapshotKey {
  readonly ledger: string;
  /** Another for every change of what events mean, of what the state looks like, or of how it is packed. */
  readonly format: string;
}

/** `elsewhere`: another process is at it, or has just been. `foreign`: the ledger is not the one the snapshot was taken of. */
export type KeepOutcome = 'kept' | 'elsewhere' | 'foreign';

/** Where snapshots lie, one of each format of a ledger. */
export interface SnapshotShelf {
  newest(key: SnapshotKey): Promise<{ readonly incarnation: string; readonly shelved: ShelvedSnapshot | null }>;
  /**
   * Puts a snapshot in the place of the one of its key, all of it or nothing, unless that one is at or after `unlessFrom`.
   * `incarnation` is the store's when the book was opened.
   */
  keep(key: SnapshotKey, snapshot: Snapshot, on: { incarnation: string; unlessFrom: number }): Promise<KeepOutcome>;
}

/** The SHA-256 of everything that a snapshot says; of the bytes of its parts through their names. */
export function digestOf(
  { ledger, format }: SnapshotKey,
  { position, recordedAtMs, outline }: Pick<Snapshot, 'position' | 'recordedAtMs' | 'outline'>,
  partDigests: readonly Buffer[],
): Buffer {
  const hash = createHash('sha256').update(JSON.stringify([ledger, format, position, recordedAtMs, outline]));
  for (const digest of partDigests) hash.update(digest);
  return hash.digest();
}
