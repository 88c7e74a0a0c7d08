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
  const later = timeline.filter(({ effectiveOn }) => effectiveOn > day);
  const starts = [{ effectiveOn: day, before: lineOn(timeline, day) }, ...later.map(asBefore)];
  const entries = starts.flatMap(({ effectiveOn, before }) => {
    const line = amended(before, effect);
    return line === undefined ? [] : [{ effectiveOn, before, line }];
  });
  if (entries.length === 0) throw new LineUnknown(effect.lineId);
  return entries;
}

/** `timeline` with `entries` in place of what stood on their days. */
export function withEntries(timeline: Timeline, entries: readonly TimelineEntry[]): Timeline {
  const [first] = entries;
  if (first === undefined) return timeline;
  const earlier = timeline.filter(({ effectiveOn }) => effectiveOn < first.effectiveOn);
  return [...earlier, ...entries.map(({ effectiveOn, line }) => ({ effectiveOn, line }))];
}

function asBefore({ effectiveOn, line }: TimelineEntry): { effectiveOn: Day; before: Line } {
  return { effectiveOn, before: line };
}
