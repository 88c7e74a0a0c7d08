import type { Id } from '#libs/kernel';

/** What keeps the store from answering; `retriable` says whether the same call may go through later. */
export abstract class EventStoreError extends Error {
  abstract readonly code: string;
  abstract readonly retriable: boolean;
}

export class LedgerUnknown extends EventStoreError {
  readonly code = 'LEDGER_UNKNOWN';
  readonly retriable = false;
  constructor(readonly ledger: Id) {
    super(`no ledger ${ledger}`);
  }
}

/** The command id was used before by this actor on this ledger, with another request. */
export class CommandIdReused extends EventStoreError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  readonly retriable = false;
  constructor(readonly commandId: string) {
    super(`command id ${commandId} was used with another request`);
  }
}

export class CommandInProgress extends EventStoreError {
  readonly code = 'COMMAND_IN_PROGRESS';
  readonly retriable = true;
  constructor(readonly commandId: string) {
    super(`command ${commandId} is being decided`);
  }
}

/** PostgreSQL did not answer in time; the command may or may not be in the ledger: send it again with the same id. */
export class LedgerUnavailable extends EventStoreError {
  readonly code = 'LEDGER_UNAVAILABLE';
  readonly retriable = true;
  constructor(cause: unknown) {
    super('the ledger does not answer', { cause });
  }
}

/** `recordedOn` was given on a ledger whose clock is the system's: there it is not for the client to say. */
export class RecordedOnRefused extends EventStoreError {
  readonly code = 'RECORDED_ON_REFUSED';
  readonly retriable = false;
  constructor() {
    super('recordedOn is taken on a simulated clock only');
  }
}

/** Too many commands wait for the ledger: the cause of a {@link LedgerUnavailable}. */
export class QueueFull extends EventStoreError {
  readonly code = 'QUEUE_FULL';
  readonly retriable = true;
  constructor(readonly waitingCommands: number) {
    super(`${waitingCommands} commands wait already`);
  }
}

/** The writers are stopping: the cause of a {@link LedgerUnavailable}. */
export class WritersStopped extends EventStoreError {
  readonly code = 'WRITERS_STOPPED';
  readonly retriable = true;
  constructor() {
    super('no more commands are taken');
  }
}

/** A command that cannot be decided, encoded or stored, for a reason that is not its client's: a defect. Nothing was appended. */
export class CommandFailed extends EventStoreError {
  readonly code = 'COMMAND_FAILED';
  readonly retriable = false;
  constructor(
    readonly commandId: string,
    cause: unknown,
  ) {
    super(`command ${commandId} failed`, { cause });
  }
}

/** An event after position `after` cannot be decoded or applied: the ledger takes no commands until the code can read it. */
export class LedgerUnreadable extends EventStoreError {
  readonly code = 'LEDGER_UNREADABLE';
  readonly retriable = false;
  constructor(
    readonly after: number,
    cause: unknown,
  ) {
    super(`an event after position ${after} cannot be read`, { cause });
  }
}

/**
 * No connection to PostgreSQL was to be had in time, or it broke under way: the same may go through later. Not of the store
 * alone: reports, locks and logs stand on the same pools.
 */
export class DatabaseUnavailable extends Error {
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly retriable = true;
  constructor(cause: unknown) {
    super('the database does not answer', { cause });
  }
}
