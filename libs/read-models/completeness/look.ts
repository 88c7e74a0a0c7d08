import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { readStanding } from '../projection/standing.ts';
import { comparedWithLedger, type Completeness, type VerifiedUpTo } from './compare.ts';

/**
 * Compares what the live generation of `ledger` has read since the last look, or from position 1 on, with the ledger,
 * and keeps what it found for {@link generationStandings}. Each event is read once more in its life.
 */
export async function lookAtCompleteness(db: Queryable, ledger: Id): Promise<Completeness> {
  const { generation, checkpoint } = await readStanding(db, null, ledger);
  const verified = await verifiedUpTo(db, generation, ledger, checkpoint.position);
  const found = await comparedWithLedger(db, ledger, checkpoint, verified);
  const { position, digest } = found.code === null ? checkpoint : (verified ?? NOTHING_VERIFIED);
  const differsAt = found.code === null ? null : checkpoint.position;
  await db.query(KEEP, [generation, ledger, position, digest, differsAt]);
  return found;
}

const NOTHING_VERIFIED: VerifiedUpTo = { position: 0, digest: Buffer.alloc(32) };

/** Undefined before the first look, and when the checkpoint went back behind the last: then from position 1 on. */
async function verifiedUpTo(
  db: Queryable,
  generation: number,
  ledger: Id,
  position: number,
): Promise<VerifiedUpTo | undefined> {
  const { rows } = await db.query<{ position: string; digest: Buffer }>(
    `select verified_position as position, verified_digest as digest
     from read.completeness
     where generation = $1 and ledger = $2 and verified_position <= $3`,
    [generation, ledger, position],
  );
  const [row] = rows;
  return row === undefined ? undefined : { position: Number(row.position), digest: row.digest };
}

const KEEP = `
  insert into read.completeness as standing (generation, ledger, verified_position, verified_digest, differs_at)
  values ($1, $2, $3, $4, $5)
  on conflict (generation, ledger) do update
    set verified_position = excluded.verified_position, verified_digest = excluded.verified_digest,
        differs_at = excluded.differs_at, looked_at = excluded.looked_at`;
