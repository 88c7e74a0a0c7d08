import { EventVersionUnknown } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import type { LedgerEvent } from '#libs/domain';
import type { Day, DecidedEvent } from '#libs/kernel';
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

export interface ReadableEvent {
  readonly stored: StoredEvent;
  readonly decoded: DecidedEvent<LedgerEvent>;
  /** That it opens, amends or looks at. */
  readonly lineIds: readonly LineId[];
}

/** The events before the first that cannot be decoded or whose lines cannot be told, and that one. */
export function readable(
  events: readonly StoredEvent[],
  decode: DecodeEvent,
): { events: readonly ReadableEvent[]; poison: Poison | null } {
  const read: ReadableEvent[] = [];
  for (const stored of events) {
    try {
      const decoded = decoding(decode, stored);
      read.push({ stored, decoded, lineIds: linesTouched(decoded) });
    } catch (error) {
      return { events: read, poison: poisonAt(stored.position, error) };
    }
  }
  return { events: read, poison: null };
}

/** The lines that `events` touch, each once. */
export function linesOf(events: readonly ReadableEvent[]): readonly LineId[] {
  return [...new Set(events.flatMap(({ lineIds }) => lineIds))];
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
  for (const { stored, decoded } of events) {
    const next = advanced(checkpoint, stored);
    const frontierOn = next.frontierOn ?? stored.effectiveAt;
    try {
      const movements = contributionsOf(decoded, frontierOn);
      const made = gathering.fold(decoded, { frontierOn, recordedAtMs: stored.recordedAtMs });
      scheduleRows(decoded, timelines, schedule);
      contributions.push(...movements);
      gathering.add(made);
    } catch (error) {
      poison = poisonAt(stored.position, error);
      break;
    }
    checkpoint = next;
  }
  const { versions, contributions: lineContributions } = schedule;
  return { batch: { checkpoint, contributions, versions, lineContributions, rows: gathering.rows }, poison };
}

function contributionsOf(event: DecidedEvent<LedgerEvent>, frontierOn: Day): readonly PositionContribution[] {
  const { position, effectiveAt: effectiveOn } = event;
  return positionMovements(event).map((movement, seq) => ({ ...movement, position, seq, effectiveOn, frontierOn }));
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
