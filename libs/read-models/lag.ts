import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { FIRST_GENERATION } from './generation.ts';

/** How far a generation of a ledger's read models is behind the ledger. */
export interface ProjectionLag {
  readonly ledger: Id;
  /** The ledger's last position, 0 before the first event. */
  readonly head: number;
  readonly generation: number;
  /** Whether reports are answered from it; a rebuild fills another one beside it. */
  readonly isLive: boolean;
  readonly position: number;
  readonly lagPositions: number;
  /** Age of the oldest event not yet read; 0 when there is none, null on a simulated clock, whose days are told. */
  readonly lagSeconds: number | null;
  /** Set when the event at `position` of it keeps the ledger from going on. */
  readonly halt: { readonly position: number; readonly code: string; readonly since: string } | null;
}

/** The lag of every generation of the ledgers named, or of all; one statement, so heads and checkpoints are of one moment. */
export async function projectionLags(db: Queryable, ledgers: readonly Id[] | null): Promise<readonly ProjectionLag[]> {
  const { rows } = await db.query<LagColumns>(SELECT_LAGS, [ledgers, FIRST_GENERATION]);
  return rows.map(lagFrom);
}

const SELECT_LAGS = `
  with standing as (
    select l.ledger, l.clock,
           coalesce(last.position, l.fork_position, 0) as head,
           coalesce(checkpoint.generation, live.active, $2::integer) as generation,
           coalesce(live.active, $2::integer) as active,
           coalesce(checkpoint.position, 0) as position
    from ledger.ledgers as l
    left join lateral (
      select position from ledger.events where ledger = l.ledger order by position desc limit 1
    ) as last on true
    left join read.generations as live on live.ledger = l.ledger
    left join read.checkpoints as checkpoint on checkpoint.ledger = l.ledger
    where $1::text[] is null or l.ledger = any ($1)
  )
  select ledger, clock, head, generation, generation = active as is_live, standing.position,
         (select greatest(0, extract(epoch from clock_timestamp()) - next.recorded_at_ms / 1000.0)::float8
          from ledger.history as next
          where next.ledger = standing.ledger and next.position = standing.position + 1) as waiting_seconds,
         halt.position as halt_position, halt.code as halt_code,
         to_char(halt.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as halt_since
  from standing
  left join read.halts as halt using (ledger, generation)
  order by ledger, generation`;

interface LagColumns {
  readonly ledger: string;
  readonly clock: string;
  readonly head: string;
  readonly generation: number;
  readonly is_live: boolean;
  readonly position: string;
  readonly waiting_seconds: number | null;
  readonly halt_position: string | null;
  readonly halt_code: string | null;
  readonly halt_since: string | null;
}

function lagFrom(row: LagColumns): ProjectionLag {
  const { halt_position: position, halt_code: code, halt_since: since } = row;
  const head = Number(row.head);
  return {
    ledger: row.ledger,
    head,
    generation: row.generation,
    isLive: row.is_live,
    position: Number(row.position),
    lagPositions: Math.max(0, head - Number(row.position)),
    lagSeconds: row.clock === 'simulated' ? null : Math.round((row.waiting_seconds ?? 0) * 1000) / 1000,
    halt: position === null || code === null || since === null ? null : { position: Number(position), code, since },
  };
}
