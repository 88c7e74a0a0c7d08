import type { Queryable } from '../queryable.ts';
import { payloadOf, type Decided } from './append-payload.ts';

/** What ledger.append and ledger.known_commands say of a command decided before. */
export interface KnownCommand {
  readonly actor: string;
  readonly commandId: string;
  readonly requestHash: string;
  /** JSON of a CommandAnswer. */
  readonly answer: string;
}

export interface MissedEvent {
  readonly position: number;
  readonly recordedAtMs: number;
  readonly body: string;
}

export interface AppendOutcome {
  readonly outcome: 'unknown_ledger' | 'missed' | 'known' | 'appended';
  readonly head: number;
  readonly recordedAtMs: number;
  readonly known: readonly KnownCommand[];
  /** The first of what the ledger has after the head decided on; more may follow. */
  readonly missed: readonly MissedEvent[];
}

/** One call of ledger.append: its outcomes are values, only what nobody can foresee is thrown. */
export async function append(
  database: Queryable,
  ledger: string,
  decidedOn: number,
  decided: Decided,
): Promise<AppendOutcome> {
  const { commands, events, bytes } = payloadOf(decided);
  const { rows } = await database.query<AppendRow>({
    name: 'ledger-append',
    text: 'select outcome, head, recorded_at_ms, known, missed from ledger.append($1, $2, $3, $4, $5)',
    values: [ledger, decidedOn, commands, events, bytes],
    query_timeout: ANSWER_TIMEOUT_MS,
  } as TimedQuery);
  const [row] = rows;
  if (row === undefined) throw new TypeError('ledger.append answered no row');
  return {
    outcome: row.outcome,
    head: Number(row.head),
    recordedAtMs: Number(row.recorded_at_ms),
    known: row.known ?? [],
    missed: row.missed ?? [],
  };
}

/** Of the commands given, those the command log holds. */
export async function knownCommands(
  database: Queryable,
  ledger: string,
  commands: readonly { readonly actor: string; readonly commandId: string }[],
): Promise<readonly KnownCommand[]> {
  const asked = JSON.stringify(commands.map(({ actor, commandId }) => ({ actor, commandId })));
  const { rows } = await database.query<{ known: KnownCommand[] | null }>({
    text: 'select ledger.known_commands($1, $2) as known',
    values: [ledger, asked],
    query_timeout: ANSWER_TIMEOUT_MS,
  } as TimedQuery);
  return rows[0]?.known ?? [];
}

/** A connection that died without a word (a pulled cable) answers nothing for ever: then it is given up. */
const ANSWER_TIMEOUT_MS = 5_000;

/** pg takes query_timeout in a query's config; its types do not say so. */
interface TimedQuery {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
  readonly query_timeout: number;
}

interface AppendRow {
  readonly outcome: AppendOutcome['outcome'];
  readonly head: string;
  readonly recorded_at_ms: string;
  readonly known: KnownCommand[] | null;
  readonly missed: MissedEvent[] | null;
}
