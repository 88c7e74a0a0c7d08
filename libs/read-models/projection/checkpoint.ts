import type { Queryable, StoredEvent } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { CHAIN_START, chained } from './chain.ts';

/** How far a generation has read a ledger. */
export interface Checkpoint {
  /** 0 before the first event. */
  readonly position: number;
  readonly recordedAtMs: number;
  /** Of every event read, each once and in order: {@link chained}; 32 bytes. */
  readonly digest: Buffer;
  /** The latest effective day among the events read; null before the first. */
  readonly frontierOn: Day | null;
}

export const START: Checkpoint = { position: 0, recordedAtMs: 0, digest: CHAIN_START, frontierOn: null };

/** `checkpoint` after `event`. */
export function advanced(checkpoint: Checkpoint, event: StoredEvent): Checkpoint {
  const { frontierOn } = checkpoint;
  return {
    position: event.position,
    recordedAtMs: event.recordedAtMs,
    digest: chained(checkpoint.digest, event),
    frontierOn: frontierOn === null || event.effectiveAt > frontierOn ? event.effectiveAt : frontierOn,
  };
}

/** Where `generation` stands on `ledger`: {@link START} when it has read nothing. */
export async function readCheckpoint(db: Queryable, generation: number, ledger: Id): Promise<Checkpoint> {
  const { rows } = await db.query<CheckpointColumns>(
    `select position, recorded_at_ms, digest, frontier_on::text
     from read.checkpoints
     where generation = $1 and ledger = $2`,
    [generation, ledger],
  );
  const [row] = rows;
  return row === undefined ? START : checkpointOf(row);
}

/** What a projector writes to. */
export interface Target {
  readonly generation: number;
  readonly ledger: Id;
  /** Nothing is written once another generation is live: the projector follows the switch. */
  readonly onlyWhileLive: boolean;
}

/**
 * Moves the checkpoint when it still stands at `from`; holds its row until the transaction ends, so that whoever comes
 * second waits, sees it moved and writes nothing. A switch to another generation waits for the transaction, or it for
 * the switch: then it writes nothing either.
 */
export async function moveCheckpoint(db: Queryable, target: Target, range: CheckpointMove): Promise<boolean> {
  const { generation, ledger } = target;
  if (range.from.position === 0) await openCheckpoint(db, generation, ledger);
  const { rows } = await db.query(`with ${MOVED} select from moved`, moveParameters(target, range));
  return rows.length === 1;
}

/** From where to where a checkpoint is moved. */
export interface CheckpointMove {
  readonly from: Checkpoint;
  readonly to: Checkpoint;
}

/** Of {@link MOVED}: $1 is the generation, $2 the ledger, $5 the position reached; the last is {@link MOVE_PARAMETERS}. */
export function moveParameters({ generation, ledger, onlyWhileLive }: Target, { from, to }: CheckpointMove): unknown[] {
  return [
    ...[generation, ledger, from.position, from.digest],
    ...[to.position, to.recordedAtMs, to.digest, to.frontierOn, onlyWhileLive],
  ];
}

export const MOVE_PARAMETERS = 9;

/** Puts the ledger's first checkpoint live; beside a live generation another one starts unseen. */
async function openCheckpoint(db: Queryable, generation: number, ledger: Id): Promise<void> {
  await db.query(OPEN, [generation, ledger, START.digest]);
}

const OPEN = `
  with opened as (
    insert into read.generations (ledger, active)
    values ($2, $1)
    on conflict do nothing
  )
  insert into read.checkpoints (generation, ledger, position, recorded_at_ms, digest)
  values ($1, $2, 0, 0, $3)
  on conflict do nothing`;

/**
 * `live …, moved …`: moves the checkpoint, and has one row when it was moved. `for share` answers with the row as a switch under way
 * leaves it, where a plain read would give the row before.
 */
export const MOVED = `
  live as (
    select active
    from read.generations
    where ledger = $2
    for share
  ),
  moved as (
    update read.checkpoints
    set position = $5, recorded_at_ms = $6, digest = $7, frontier_on = $8
    where generation = $1 and ledger = $2 and position = $3 and digest = $4
      and (not $9 or generation = (select active from live))
    returning 1
  )`;

interface CheckpointColumns {
  readonly position: string;
  readonly recorded_at_ms: string;
  readonly digest: Buffer;
  readonly frontier_on: string | null;
}

function checkpointOf(row: CheckpointColumns): Checkpoint {
  return {
    position: Number(row.position),
    recordedAtMs: Number(row.recorded_at_ms),
    digest: row.digest,
    frontierOn: row.frontier_on,
  };
}
