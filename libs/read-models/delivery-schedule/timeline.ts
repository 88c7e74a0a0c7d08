import type { Day } from '#libs/kernel';
import { LineUnknown } from '../errors.ts';
import { amended, type LineEffect } from './effect.ts';
import type { Line } from './line.ts';

/** A line as it stands from each day on that an event changed it, earliest first: the newest of every effective day. */
export type Timeline = readonly TimelineEntry[];

export interface TimelineEntry {
  readonly effectiveOn: Day;
  readonly line: Line;
}

/** An entry that an event wrote, and the line as it was on that day before. */
export interface AmendedEntry extends TimelineEntry {
  readonly before: Line | undefined;
}

/** The line on `day`; undefined before it was opened. */
export function lineOn(timeline: Timeline, day: Day): Line | undefined {
  return timeline.findLast(({ effectiveOn }) => effectiveOn <= day)?.line;
}

/**
 * What `effect` writes when it holds from `day` on: the line of that day, and of every later day that an event recorded
 * earlier had changed. Throws LineUnknown when there is neither, FigureOutOfRange.
 */
export function amendedEntries(timeline: Timeline, effect: LineEffect, day: Day): readonly AmendedEntry[] {
  const start = countUpTo(timeline, day);
  const entries = [
    ...amendedEntry(day, timeline[start - 1]?.line, effect),
    ...timeline.slice(start).flatMap(({ effectiveOn, line }) => amendedEntry(effectiveOn, line, effect)),
  ];
  if (entries.length === 0) throw new LineUnknown(effect.lineId);
  return entries;
}

/** `timeline` with `entries` in place of what stood on their days. */
export function withEntries(timeline: Timeline, entries: readonly TimelineEntry[]): Timeline {
  const [first] = entries;
  if (first === undefined) return timeline;
  const count = countUpTo(timeline, first.effectiveOn);
  const earlier = timeline.slice(0, timeline[count - 1]?.effectiveOn === first.effectiveOn ? count - 1 : count);
  for (const { effectiveOn, line } of entries) earlier.push({ effectiveOn, line });
  return earlier;
}

/** How many entries are of `day` or earlier; most events are of the last day or a later one. */
function countUpTo(timeline: Timeline, day: Day): number {
  return timeline.findLastIndex(({ effectiveOn }) => effectiveOn <= day) + 1;
}

function amendedEntry(effectiveOn: Day, before: Line | undefined, effect: LineEffect): readonly AmendedEntry[] {
  const line = amended(before, effect);
  return line === undefined ? [] : [{ effectiveOn, before, line }];
}
