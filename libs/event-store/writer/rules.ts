import type { Decider, DomainEvent } from '#libs/kernel';
import type { KeptSnapshot } from '../snapshot/kept-snapshot.ts';
import type { SnapshotShelf } from '../snapshot/snapshot.ts';
import type { EventCodec } from '../types.ts';
import type { OpenedBook } from './opened-book.ts';

/** What a writer needs to know of the domain: how to decide, how to store, what day it is. */
export interface WritingRules<State, Command, Event extends DomainEvent> {
  readonly decider: Decider<State, Command, Event>;
  readonly codec: EventCodec<Event>;
  /** `todayMs()`: any instant of today, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly clock: { todayMs(): number };
  /** The schema version that an event's type is written with; 1 when absent. */
  readonly schemaVersionOf?: (type: Event['type']) => number;
  /** Absent: every book is read from the first event. */
  readonly snapshots?: SnapshotRules;
}

/** Where snapshots of books lie, and whose they are. */
export interface SnapshotRules {
  readonly shelf: SnapshotShelf;
  /** Another for every change of what events mean or of what the state looks like; snapshots of other formats are never read. */
  readonly format: string;
  /** Events between two snapshots. */
  readonly everyEvents: number;
}

export interface WritingLimits {
  /** Commands that are decided and appended together. */
  readonly batchCommands: number;
  /** Bodies of a batch, in UTF-16 code units; a single command may exceed it. */
  readonly batchCharacters: number;
  /** Commands that may wait for a ledger; more are turned away. */
  readonly waitingCommands: number;
  /** How long an unreachable database is tried again before the callers are told. */
  readonly unavailableAfterMs: number;
}

export const DEFAULT_LIMITS: WritingLimits = {
  batchCommands: 500,
  batchCharacters: 1 << 20,
  waitingCommands: 10_000,
  unavailableAfterMs: 10_000,
};

/** Told of what a writer does, for metrics and logs; must not throw. */
export interface WriterObserver {
  /** A batch is in the ledger. `events` is 0 when every command was rejected or had nothing to do. */
  onBatch?(batch: { ledger: string; commands: number; events: number; durationMs: number }): void;
  /** Another writer was faster; `losses` in a row. */
  onConflict?(conflict: { ledger: string; missed: number; losses: number }): void;
  /** This process waited for its turn at a ledger that others write too; `taken` is false when it goes without, with `error` if one was why. */
  onTurn?(turn: { ledger: string; taken: boolean; waitedMs: number; error?: unknown }): void;
  /** PostgreSQL did not answer or gave way; the batch is sent again after `delayMs`. */
  onRetry?(retry: { ledger: string; attempt: number; delayMs: number; error: unknown }): void;
  /** PostgreSQL refused a batch, or its decision failed: it is tried in halves until the command at fault is alone. */
  onRefusal?(refusal: { ledger: string; commands: number; error: unknown }): void;
  /** A book was read, from a snapshot on or from the first event. */
  onOpened?(opened: OpenedBook): void;
  /** A snapshot was kept, or was not: nothing is lost then. */
  onSnapshot?(snapshot: KeptSnapshot): void;
}
