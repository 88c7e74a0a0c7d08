import type { CommandMetadata, Day, DecidedEvent, DomainEvent, Id, RejectionFields } from '#libs/kernel';

/** `simulated`: recordedAt is the day a command says, for stories and trials; shown wherever the ledger is. */
export type LedgerClock = 'system' | 'simulated';

export interface LedgerInfo {
  readonly ledger: Id;
  readonly clock: LedgerClock;
  /** ISO 4217. */
  readonly currency: string;
  readonly title: string | null;
  /** Where a what-if goes on from; null: a book of its own. */
  readonly branchOf: Fork | null;
}

/** The ledger and the position after which a branch goes its own way. */
export interface Fork {
  readonly ledger: Id;
  readonly position: number;
}

/** An event as it lies in the ledger. `body` holds the exact bytes of the RFC 8785 JSON that was appended. */
export interface StoredEvent {
  readonly ledger: Id;
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly effectiveAt: Day;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly recordedAtMs: number;
  readonly body: Buffer;
}

export interface LedgerHead {
  /** 0 for a ledger without events, the fork for a branch without any of its own. */
  readonly position: number;
  readonly recordedAtMs: number;
  /** Whether it is a what-if, which is told to nobody else. */
  readonly isBranch: boolean;
}

/** Reads of the ledger: always from a position, never from a cursor held open. A branch has its parent's events up to the fork. */
export interface LedgerReader {
  ledgers(): Promise<readonly LedgerInfo[]>;
  ledger(ledger: Id): Promise<LedgerInfo | null>;
  /** Null when the ledger is unknown. */
  head(ledger: Id): Promise<LedgerHead | null>;
  /** Heads of every ledger, one statement. */
  heads(): Promise<ReadonlyMap<Id, LedgerHead>>;
  /**
   * Events with `after` < position ≤ `upTo`, in order, at most `limit` (≤ 20,000) and no more after 16 MiB of bodies: only an
   * empty page says that there are none left.
   */
  read(ledger: Id, range: { after: number; upTo?: number; limit: number }): Promise<readonly StoredEvent[]>;
  readStream(
    ledger: Id,
    stream: string,
    range: { afterVersion: number; limit: number },
  ): Promise<readonly StoredEvent[]>;
  /** The last position recorded at or before the instant; waits for an append in flight when the instant is recent. */
  positionAt(ledger: Id, instantMs: number): Promise<number>;
}

/** Turns decided events into the bytes stored, and back, upcasting old schema versions. */
export interface EventCodec<Event extends DomainEvent> {
  encode(event: DecidedEvent<Event>): string;
  decode(stored: Pick<StoredEvent, 'position' | 'body'>): DecidedEvent<Event>;
}

/** A command on its way to a ledger. */
export interface Submission<State, Command> extends Omit<CommandMetadata, 'effectiveAt' | 'actingFor'> {
  readonly ledger: Id;
  readonly command: Command;
  /** Null: the day on which the ledger learns of it. */
  readonly effectiveAt: Day | null;
  /** Only on a simulated clock: the day of recording; null: effectiveAt. */
  readonly recordedOn: Day | null;
  /** The request as the client put it, kept in the command log; its canonical hash tells a repeat from another body. */
  readonly request: object;
  /**
   * Runs before `decide`, on the same state: throws a DomainError (an `*_UNKNOWN` code) when the command lies outside
   * the actor's scope, and returns the company acted for, null for a group-wide role.
   */
  readonly scope: (state: State) => Id | null;
  /** The stream must stand at this version, else the command is rejected with `VERSION_STALE`, after the rules. Absent: wherever. */
  readonly expected?: ExpectedVersion | undefined;
}

/** The last version of a stream that who asks has seen; 0: no event. */
export interface ExpectedVersion {
  readonly stream: string;
  readonly version: number;
}

export interface AppendedEvent {
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly version: number;
}

/** What the client hears, kept in the command log and said again on a repeat. */
export type CommandAnswer =
  | {
      readonly outcome: 'accepted';
      /** Of the last event; the head when the command made none. */
      readonly position: number;
      /** Of the first event's stream; 0 when the command made none. */
      readonly version: number;
      readonly events: readonly AppendedEvent[];
    }
  | { readonly outcome: 'rejected'; readonly code: string; readonly fields: RejectionFields };

export interface SubmissionResult {
  readonly answer: CommandAnswer;
  /** Whether this is the stored answer to an earlier submission of the same command id. */
  readonly replayed: boolean;
}

/** What a command would do on the ledger as it stands. */
export type CommandPreview =
  | {
      readonly outcome: 'accepted';
      /** The head that it was decided on. */
      readonly position: number;
      readonly events: readonly DomainEvent[];
    }
  | { readonly outcome: 'rejected'; readonly code: string; readonly fields: RejectionFields };

/** Decides without writing: nothing is appended, nothing is kept, no id is used up. */
export interface CommandPreviews<State, Command> {
  /** Throws LedgerUnknown, RecordedOnRefused, LedgerUnavailable (retriable). */
  preview(submission: Submission<State, Command>): Promise<CommandPreview>;
}

/** Where commands go: one serial book per ledger, decided and committed in groups. */
export interface CommandSink<State, Command> {
  /**
   * Throws LedgerUnknown, CommandIdReused (the id was used with another request), CommandInProgress (the id is being
   * decided right now), LedgerUnavailable (retriable).
   */
  submit(submission: Submission<State, Command>): Promise<SubmissionResult>;
}
