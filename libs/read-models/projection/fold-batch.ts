import { EventVersionUnknown } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import type { LedgerEvent } from '#libs/domain';
import type { DecidedEvent } from '#libs/kernel';
import { linesTouched } from '../delivery-schedule/fold.ts';
import type { LineId } from '../delivery-schedule/line.ts';
import type { LineContribution, VersionRow } from '../delivery-schedule/rows.ts';
import { scheduleRows, type ScheduleRows } from '../delivery-schedule/schedule-rows.ts';
import type { Timeline } from '../delivery-schedule/timeline.ts';
import { RowGathering, type GatheredRows } from '../event-tables/gather.ts';
import { EventUndecodable, EventVersionNewer, ReadModelError } from '../errors.ts';
import { positionMovements } from '../positions/fold.ts';
import type { PositionContribution } from '../positions/movement.ts';
import { advanced, type Checkpoint } from './checkpoint.ts';
import type { DecodeEvent } from './decode.ts';

/** Everything that a stretch of events writes, ending at `checkpoint`. */
export interface FoldedBatch {
  readonly checkpoint: Checkpoint;
  readonly contributions: readonly PositionContribution[];
  readonly versions: readonly VersionRow[];
  readonly lineContributions: readonly LineContribution[];
  /** Of the tables that one event alone writes. */
  readonly rows: GatheredRows;
}

/** The event at `position` cannot be folded; those before it can. */
export interface Poison {
  readonly position: number;
  readonly error: ReadModelError;
}

export type ReadableEvent = StoredEvent & { readonly decoded: DecidedEvent<LedgerEvent> };

/** The events before the first that cannot be decoded or is of an unknown type, the lines they touch, and that one. */
export function readable(
  events: readonly StoredEvent[],
  decode: DecodeEvent,
): { events: readonly ReadableEvent[]; lineIds: readonly LineId[]; poison: Poison | null } {
  const read: ReadableEvent[] = [];
  const lineIds = new Set<LineId>();
  for (const event of events) {
    try {
      const decoded = decoding(decode, event);
      for (const lineId of linesTouched(decoded)) lineIds.add(lineId);
      read.push({ ...event, decoded });
    } catch (error) {
      return { events: read, lineIds: [...lineIds], poison: poisonAt(event.position, error) };
    }
  }
  return { events: read, lineIds: [...lineIds], poison: null };
}

/** Folds `events`, which follow `from` without a gap, and keeps `timelines` up to date; stops before one it cannot fold. */
export function foldBatch(
  from: Checkpoint,
  timelines: Map<LineId, Timeline>,
  events: readonly ReadableEvent[],
): { batch: FoldedBatch; poison: Poison | null } {
  let checkpoint = from;
  let poison: Poison | null = null;
  const contributions: PositionContribution[] = [];
  const schedule: ScheduleRows = { versions: [], contributions: [] };
  const gathering = new RowGathering();
  for (const event of events) {
    const next = advanced(checkpoint, event);
    try {
      const movements = contributionsOf(event, next);
      const addRows = gathering.fold(event.decoded, { frontierOn: next.frontierOn ?? event.effectiveAt });
      scheduleRows(event.decoded, timelines, schedule);
      contributions.push(...movements);
      addRows();
    } catch (error) {
      poison = poisonAt(event.position, error);
      break;
    }
    checkpoint = next;
  }
  const { versions, contributions: lineContributions } = schedule;
  return { batch: { checkpoint, contributions, versions, lineContributions, rows: gathering.rows }, poison };
}

function contributionsOf({ decoded }: ReadableEvent, { frontierOn }: Checkpoint): readonly PositionContribution[] {
  const { position, effectiveAt } = decoded;
  return positionMovements(decoded).map((movement, seq) => ({
    ...movement,
    position,
    seq,
    effectiveOn: effectiveAt,
    frontierOn: frontierOn ?? effectiveAt,
  }));
}

function decoding(decode: DecodeEvent, event: StoredEvent): DecidedEvent<LedgerEvent> {
  try {
    return decode(event);
  } catch (error) {
    if (error instanceof EventVersionUnknown) throw new EventVersionNewer(event.position, error);
    throw new EventUndecodable(event.position, error);
  }
}

/** An event whose data lack what its type promises throws a plain TypeError in the fold: it is undecodable as well. */
function poisonAt(position: number, error: unknown): Poison {
  return { position, error: error instanceof ReadModelError ? error : new EventUndecodable(position, error) };
}
