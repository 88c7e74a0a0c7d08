import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { FIRST_GENERATION } from '../generation.ts';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';

/** Which generation of a ledger is written, and how far it is. */
export interface Standing {
  readonly generation: number;
  readonly checkpoint: Checkpoint;
}

/** Where `generation` of `ledger` stands; null: the live one. */
export async function readStanding(db: Queryable, generation: number | null, ledger: Id): Promise<Standing> {
  const wanted = generation ?? (await liveGeneration(db, ledger));
  return { generation: wanted, checkpoint: await readCheckpoint(db, wanted, ledger) };
}

/** The generation that the reports of `ledger` are answered from. */
export async function liveGeneration(db: Queryable, ledger: Id): Promise<number> {
  const { rows } = await db.query<{ active: number }>('select active from read.generations where ledger = $1', [
    ledger,
  ]);
  return rows[0]?.active ?? FIRST_GENERATION;
}
