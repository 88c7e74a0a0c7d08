import type pg from 'pg';
import type { StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { loadTimelines } from '../delivery-schedule/load.ts';
import type { DecodeEvent } from './decode.ts';
import { foldBatch, linesOf, readable } from './fold-batch.ts';
import { recordHalt, type Halt } from './halt.ts';
import { refusalCode } from './refusal.ts';
import { readStanding, type Standing } from './standing.ts';
import { writeBatch } from './write-batch.ts';

export interface StretchResult {
  /** Where the ledger stands now. */
  readonly standing: Standing;
  /** Another projector moved the checkpoint, or a rebuild put another generation live; nothing was written. */
  readonly overtaken: boolean;
  /** Set when the next event cannot be folded or written. */
  readonly halted: Halt | null;
}

interface StretchParts {
  readonly pool: pg.Pool;
  readonly decode: DecodeEvent;
  /** Absent: the live one. */
  readonly generation?: number;
}

/**
 * Projects `events`, which follow `from` without a gap: all of them, or those before the first that cannot be, whose
 * halt is then on record. Throws what the database says when it is not the events' fault.
 */
export async function projectStretch(
  parts: StretchParts,
  ledger: Id,
  from: Standing,
  events: readonly StoredEvent[],
): Promise<StretchResult> {
  const { pool } = parts;
  const { generation, checkpoint: start } = from;
  const read = readable(events, parts.decode);
  const timelines = await loadTimelines(pool, generation, ledger, linesOf(read.events));
  const { batch, poison } = foldBatch(start, timelines, read.events);
  const { position } = batch.checkpoint;
  const target = { generation, ledger, onlyWhileLive: parts.generation === undefined };
  try {
    if (position > start.position && !(await writeBatch(pool, target, start, batch))) {
      return await overtaken(parts, ledger);
    }
  } catch (error) {
    return refused(parts, ledger, from, events.slice(0, position - start.position), error);
  }
  const refusal = poison ?? read.poison;
  const standing = { generation, checkpoint: batch.checkpoint };
  if (refusal === null) return { standing, overtaken: false, halted: null };
  return halt(parts, ledger, standing, { position: refusal.position, code: refusal.error.code });
}

async function overtaken(parts: StretchParts, ledger: Id): Promise<StretchResult> {
  return { standing: await readStanding(parts.pool, parts.generation ?? null, ledger), overtaken: true, halted: null };
}

/** The database refuses the rows themselves: halved until one event is found that it refuses. */
async function refused(
  parts: StretchParts,
  ledger: Id,
  from: Standing,
  events: readonly StoredEvent[],
  error: unknown,
): Promise<StretchResult> {
  const code = refusalCode(error);
  if (code === null) throw error;
  if (events.length === 1) return halt(parts, ledger, from, { position: from.checkpoint.position + 1, code });
  const half = Math.ceil(events.length / 2);
  const first = await projectStretch(parts, ledger, from, events.slice(0, half));
  if (first.overtaken || first.halted !== null) return first;
  return projectStretch(parts, ledger, first.standing, events.slice(half));
}

/** Only who is up to date may say so: the timelines of a generation that was dropped meanwhile make any event a poison. */
async function halt(parts: StretchParts, ledger: Id, standing: Standing, halted: Halt): Promise<StretchResult> {
  const now = await overtaken(parts, ledger);
  const { generation, checkpoint } = now.standing;
  if (generation !== standing.generation || checkpoint.position !== standing.checkpoint.position) return now;
  await recordHalt(parts.pool, generation, ledger, halted);
  return { standing, overtaken: false, halted };
}
