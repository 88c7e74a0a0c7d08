import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { CHAIN_START } from '../projection/chain.ts';
import type { Checkpoint } from '../projection/checkpoint.ts';
import { readStanding } from '../projection/standing.ts';

/** Up to where a generation is known to have read the ledger, and the chain's digest there. */
export type VerifiedUpTo = Pick<Checkpoint, 'position' | 'digest'>;

/** What a generation says it has read, beside what the ledger holds. */
export interface Completeness {
  /** Where the generation's checkpoint stands. */
  readonly position: number;
  /** Null: positions 1 to `position` were read, each once, as they lie in the ledger. */
  readonly code: 'READ_MODEL_INCOMPLETE' | null;
  /** Events that the ledger holds after where the comparison began, up to `position`. */
  readonly ledgerEvents: number;
  /** Hex. */
  readonly digests: { readonly read: string; readonly ledger: string };
}

/**
 * Compares what `checkpoint` says was read with the events of `ledger`: PostgreSQL computes the chain, 20,000 positions
 * a statement, from `from` on. Rows of read models are not looked at, and no event is decoded.
 */
export async function comparedWithLedger(
  db: Queryable,
  ledger: Id,
  checkpoint: VerifiedUpTo,
  from: VerifiedUpTo = FROM_START,
): Promise<Completeness> {
  let { position, digest } = from;
  let ledgerEvents = 0;
  while (position < checkpoint.position) {
    const upTo = Math.min(position + PAGE_POSITIONS, checkpoint.position);
    const { rows } = await db.query<ChainRow>(CHAIN, [ledger, position, upTo, digest]);
    ledgerEvents += Number(rows[0]?.events ?? 0);
    digest = rows[0]?.digest ?? digest;
    position = upTo;
  }
  return {
    position: checkpoint.position,
    code: digest.equals(checkpoint.digest) ? null : 'READ_MODEL_INCOMPLETE',
    ledgerEvents,
    digests: { read: checkpoint.digest.toString('hex'), ledger: digest.toString('hex') },
  };
}

/** What the live generation of `ledger` says it has read, beside all that the ledger holds up to there. */
export async function completenessOf(db: Queryable, ledger: Id): Promise<Completeness> {
  const { checkpoint } = await readStanding(db, null, ledger);
  return comparedWithLedger(db, ledger, checkpoint);
}

const FROM_START: VerifiedUpTo = { position: 0, digest: CHAIN_START };

const PAGE_POSITIONS = 20_000;

const CHAIN = `
  select count(*) as events, read.chain($4::bytea, position, recorded_at_ms, body order by position) as digest
  from ledger.history
  where ledger = $1 and position > $2 and position <= $3`;

interface ChainRow {
  readonly events: string;
  readonly digest: Buffer | null;
}
