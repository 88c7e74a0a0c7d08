import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { ReadModelError } from './errors.ts';

/** Who lets a halted ledger try again, and why: kept on record. */
export interface HaltRelease {
  readonly who: string;
  readonly why: string;
}

/** A projection that stood still and was told to try again. */
export interface ReleasedHalt {
  readonly ledger: Id;
  readonly generation: number;
  /** Of the event that had stopped it. */
  readonly position: number;
  readonly code: string;
  /** Where the read models stand: they go on after it. */
  readonly checkpointPosition: number;
  readonly who: string;
  readonly why: string;
  /** RFC 3339, UTC. */
  readonly releasedAt: string;
}

/** No projection of the ledger is halted: there is nothing to release. */
export class NotHalted extends ReadModelError {
  readonly code = 'NOT_HALTED';
  readonly retriable = false;
  constructor(readonly ledger: Id) {
    super(`no projection of ${ledger} is halted; "waybill halts list" shows those that are`);
  }
}

/**
 * Takes the halts of `ledger` back, so that projectors try its next event at once, and records who wanted it. The event
 * is not skipped: where the cause is still there, the ledger halts again. `db` is waybill_projector's. Throws NotHalted.
 */
export async function releaseHalts(
  db: Queryable,
  ledger: Id,
  { who, why }: HaltRelease,
): Promise<readonly ReleasedHalt[]> {
  const { rows } = await db.query<ReleaseColumns>(RELEASE, [ledger, who, why]);
  if (rows.length === 0) throw new NotHalted(ledger);
  return rows.map(releaseFrom);
}

/** What was released of the ledgers named, or of all; the latest first, at most `limit`. */
export async function haltReleases(
  db: Queryable,
  ledgers: readonly Id[] | null,
  limit: number,
): Promise<readonly ReleasedHalt[]> {
  const { rows } = await db.query<ReleaseColumns>(
    `select ${COLUMNS} from read.halt_releases
     where $1::text[] is null or ledger = any ($1)
     order by release_id desc
     limit $2`,
    [ledgers, limit],
  );
  return rows.map(releaseFrom);
}

const COLUMNS = `ledger, generation, position, code, checkpoint_position, who, why,
  to_char(released_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as released_at`;

const RELEASE = `
  with released as (
    delete from read.halts where ledger = $1
    returning generation, position, code, since
  )
  insert into read.halt_releases
    (ledger, generation, position, code, halted_since, checkpoint_position, who, why)
  select $1, generation, released.position, code, since, coalesce(checkpoint.position, 0), $2, $3
  from released
  left join (select generation, position from read.checkpoints where ledger = $1) as checkpoint using (generation)
  returning ${COLUMNS}`;

interface ReleaseColumns {
  readonly ledger: string;
  readonly generation: number;
  readonly position: string;
  readonly code: string;
  readonly checkpoint_position: string;
  readonly who: string;
  readonly why: string;
  readonly released_at: string;
}

function releaseFrom(row: ReleaseColumns): ReleasedHalt {
  return {
    ledger: row.ledger,
    generation: row.generation,
    position: Number(row.position),
    code: row.code,
    checkpointPosition: Number(row.checkpoint_position),
    who: row.who,
    why: row.why,
    releasedAt: row.released_at,
  };
}
