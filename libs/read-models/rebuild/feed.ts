import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { readCheckpoint, type Checkpoint } from '../projection/checkpoint.ts';
import type { RebuildWork } from './work.ts';

/** Where the live generation stands, and whether it waits before an event that it cannot fold. */
export interface LiveStanding {
  readonly checkpoint: Checkpoint;
  readonly isHalted: boolean;
}

/**
 * Builds on until the new generation stands where the live one does by `db`; to the end of the source when the live one
 * is halted or never began. False when the source ends before.
 */
export async function feed(work: RebuildWork, db: Queryable, waitMs: number): Promise<boolean> {
  const { builder, source, order, pageEvents = PAGE_EVENTS } = work;
  for (;;) {
    const { checkpoint, isHalted } = await liveStanding(db, work.live, order.ledger);
    const goal = checkpoint.position;
    const goesBeyond = isHalted || goal === 0;
    const isThere = builder.position >= goal;
    if (builder.halt !== null || (isThere && !goesBeyond)) break;
    // A batch ends where the live one stands, so that their digests can be compared.
    const limit = isThere ? pageEvents : Math.min(pageEvents, goal - builder.position);
    const events = await source.read(builder.position, limit, waitMs);
    if (events.length === 0) break;
    await builder.take(events);
    work.onProgress?.({ phase: 'building', position: builder.position, goal: Math.max(goal, builder.position) });
  }
  await builder.written();
  return builder.position >= (await liveStanding(db, work.live, order.ledger)).checkpoint.position;
}

const PAGE_EVENTS = 20_000;

export async function liveStanding(db: Queryable, generation: number, ledger: Id): Promise<LiveStanding> {
  const checkpoint = await readCheckpoint(db, generation, ledger);
  const { rowCount } = await db.query('select from read.halts where generation = $1 and ledger = $2', [
    generation,
    ledger,
  ]);
  return { checkpoint, isHalted: rowCount === 1 };
}
