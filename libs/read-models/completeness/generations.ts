import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** A generation of a ledger's read models: what it says it has read, and how far that was compared with the ledger. */
export interface GenerationStanding {
  readonly ledger: Id;
  readonly generation: number;
  readonly isLive: boolean;
  /** It says that it has read positions 1 to this one. */
  readonly position: number;
  /** Of the chain over them, hex. */
  readonly digest: string;
  /** Positions 1 to this one are known to be the ledger's; 0 before the first look. */
  readonly verifiedPosition: number;
  /** Null before the first look. */
  readonly lookedAtMs: number | null;
  /** True when the last look found that it had read something else than the ledger holds. */
  readonly differs: boolean;
}

/** Every generation of every ledger, one statement that reads a few rows a ledger; for waybill_projector, query, auditor. */
export async function generationStandings(db: Queryable): Promise<readonly GenerationStanding[]> {
  const { rows } = await db.query<StandingColumns>(SELECT);
  return rows.map((row) => ({
    ledger: row.ledger,
    generation: row.generation,
    isLive: row.is_live,
    position: Number(row.position),
    digest: row.digest,
    verifiedPosition: Number(row.verified_position),
    lookedAtMs: row.looked_at_ms === null ? null : Number(row.looked_at_ms),
    differs: row.differs,
  }));
}

const SELECT = `
  select ledger, checkpoint.generation, checkpoint.generation = live.active as is_live, checkpoint.position,
         encode(checkpoint.digest, 'hex') as digest,
         coalesce(completeness.verified_position, 0) as verified_position,
         floor(extract(epoch from completeness.looked_at) * 1000)::bigint as looked_at_ms,
         coalesce(completeness.differs_at is not null, false) as differs
  from read.checkpoints as checkpoint
  join read.generations as live using (ledger)
  left join read.completeness as completeness using (generation, ledger)
  order by ledger, checkpoint.generation`;

interface StandingColumns {
  readonly ledger: string;
  readonly generation: number;
  readonly is_live: boolean;
  readonly position: string;
  readonly digest: string;
  readonly verified_position: string;
  readonly looked_at_ms: string | null;
  readonly differs: boolean;
}
