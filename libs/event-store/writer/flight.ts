import type { DecidedBatch } from './decide-batch.ts';
import type { AppendOutcome } from './append-statement.ts';
import type { Entry } from './entry.ts';

/** A batch on its way to the ledger. */
export interface Flight<State, Command> {
  readonly tried: DecidedBatch<State, Command>;
  /** Never rejects. */
  readonly landing: Promise<Landing<State, Command>>;
}

export interface Landing<State, Command> {
  /** Whether the batch is in the ledger: what was decided on the book it leaves still holds. */
  readonly kept: boolean;
  /** Answers what can be answered; what it returns has to be tried again. Never rejects. */
  settle(): Promise<readonly Entry<State, Command>[]>;
}

/** A batch that went to the ledger, and what came of it. */
export interface Attempt<State, Command> {
  readonly tried: DecidedBatch<State, Command>;
  /** Null when no command could be decided. */
  readonly outcome: AppendOutcome | null;
}

/** The head that the first command of a batch was decided on. */
export function decidedOnBy<State, Command>({ decided }: DecidedBatch<State, Command>): number {
  return decided[0]?.decision.decidedOn ?? 0;
}

/** Any of them may be in the ledger: they are sent again under the same ids. */
export function doubt(entries: readonly Entry<never, unknown>[]): void {
  for (const entry of entries) entry.unsure = true;
}

export function entriesOf<State, Command>({ decided }: DecidedBatch<State, Command>): readonly Entry<State, Command>[] {
  return decided.map(({ entry }) => entry);
}
