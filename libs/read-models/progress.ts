import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { FIRST_GENERATION } from './generation.ts';

/** Where the live read models of a ledger stand. */
export interface LedgerProgress {
  readonly generation: number;
  /** 0 before the first event. */
  readonly position: number;
  readonly recordedAtMs: number;
  /** Set when the event at `position` of it keeps the ledger from going on. */
  readonly halt: { readonly position: number; readonly code: string; readonly since: string } | null;
}

const NOT_STARTED: LedgerProgress = { generation: FIRST_GENERATION, position: 0, recordedAtMs: 0, halt: null };

/** Progress of the ledgers named, or of all that were ever projected. Unknown ones are absent. */
export async function progressOf(db: Queryable, ledgers: readonly Id[] | null): Promise<Map<Id, LedgerProgress>> {
  const { rows } = await db.query<ProgressColumns>(SELECT_PROGRESS, [ledgers]);
  return new Map(rows.map((row) => [row.ledger, progressFrom(row)]));
}

/** Where the live read models of `ledger` stand; position 0 when nothing of it was projected. */
export async function ledgerProgress(db: Queryable, ledger: Id): Promise<LedgerProgress> {
  return (await progressOf(db, [ledger])).get(ledger) ?? NOT_STARTED;
}

const SELECT_PROGRESS = `
  select ledger, checkpoint.generation, checkpoint.position, checkpoint.recorded_at_ms,
         halt.position as halt_position, halt.code as halt_code,
         to_char(halt.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as halt_since
  from read.generations as live
  join read.checkpoints as checkpoint using (ledger)
  left join read.halts as halt using (generation, ledger)
  where checkpoint.generation = live.active
    and ($1::text[] is null or ledger = any ($1))`;

interface ProgressColumns {
  readonly ledger: string;
  readonly generation: number;
  readonly position: string;
  readonly recorded_at_ms: string;
  readonly halt_position: string | null;
  readonly halt_code: string | null;
  readonly halt_since: string | null;
}

function progressFrom(row: ProgressColumns): LedgerProgress {
  const { halt_position: position, halt_code: code, halt_since: since } = row;
  return {
    generation: row.generation,
    position: Number(row.position),
    recordedAtMs: Number(row.recorded_at_ms),
    halt: position === null || code === null || since === null ? null : { position: Number(position), code, since },
  };
}
