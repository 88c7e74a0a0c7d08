import type pg from 'pg';
import type { StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { loadTimelines } from '../delivery-schedule/load.ts';
import { readCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { DecodeEvent } from './decode.ts';
import { foldBatch, readable, type Poison } from './fold-batch.ts';
import { recordHalt, type Halt } from './halt.ts';
import { refusalCode } from './refusal.ts';
import { writeBatch } from './write-batch.ts';

export interface StretchResult {
  /** Where the ledger stands now. */
  readonly checkpoint: Checkpoint;
  /** Another projector moved the checkpoint first; nothing was written. */
  readonly overtaken: boolean;
  /** Set when the event after `checkpoint` cannot be folded or written. */
  readonly halted: Halt | null;
}

interface StretchParts {
  readonly pool: pg.Pool;
  readonly decode: DecodeEvent;
  readonly generation: number;
}

/**
 * Projects `events`, which follow `from` without a gap: all of them, or those before the first that cannot be, whose
 * halt is then on record. Throws what the database says when it is not the events' fault.
 */
export async function projectStretch(
  parts: StretchParts,
  ledger: Id,
  from: Checkpoint,
  events: readonly StoredEvent[],
): Promise<StretchResult> {
  const { pool, generation } = parts;
  const read = readable(events, parts.decode);
  const timelines = await loadTimelines(pool, generation, ledger, read.lineIds);
  const { batch, poison } = foldBatch(from, timelines, read.events);
  const { position } = batch.checkpoint;
  try {
    if (position > from.position && !(await writeBatch(pool, generation, ledger, from, batch))) {
      return { checkpoint: await readCheckpoint(pool, generation, ledger), overtaken: true, halted: null };
    }
  } catch (error) {
    return refused(parts, ledger, from, events.slice(0, position - from.position), error);
  }
  return standing(parts, ledger, batch.checkpoint, poison ?? read.poison);
}

/** The database refuses the rows themselves: halved until one event is found that it refuses. */
async function refused(
  parts: StretchParts,
  ledger: Id,
  from: Checkpoint,
  events: readonly StoredEvent[],
  error: unknown,
): Promise<StretchResult> {
  const code = refusalCode(error);
  if (code === null) throw error;
  if (events.length === 1) return halt(parts, ledger, from, { position: from.position + 1, code });
  const half = Math.ceil(events.length / 2);
  const first = await projectStretch(parts, ledger, from, events.slice(0, half));
  if (first.overtaken || first.halted !== null) return first;
  return projectStretch(parts, ledger, first.checkpoint, events.slice(half));
}

async function standing(
  parts: StretchParts,
  ledger: Id,
  checkpoint: Checkpoint,
  poison: Poison | null,
): Promise<StretchResult> {
  if (poison === null) return { checkpoint, overtaken: false, halted: null };
  return halt(parts, ledger, checkpoint, { position: poison.position, code: poison.error.code });
}

async function halt(parts: StretchParts, ledger: Id, checkpoint: Checkpoint, halted: Halt): Promise<StretchResult> {
  await recordHalt(parts.pool, parts.generation, ledger, halted);
  return { checkpoint, overtaken: false, halted };
}
