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
