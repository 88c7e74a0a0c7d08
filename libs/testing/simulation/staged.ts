import type { StoredEvent } from '#libs/event-store';

/** A row of ledger.commands. */
export interface LoggedCommand {
  readonly actor: string;
  readonly commandId: string;
  readonly request: string;
  readonly answer: string;
}

/** What one transaction will have written once it commits. */
export interface Staged {
  readonly events: readonly StoredEvent[];
  readonly commands: readonly LoggedCommand[];
}
