import type { LedgerEvent } from '#libs/domain';
import type { DecidedEvent } from '#libs/kernel';
import type { LineEffect } from './effect.ts';
import { lineEffects } from './fold.ts';
import type { LineId } from './line.ts';
import { measuredAmounts, versionRows, type LineContribution, type VersionRow } from './rows.ts';
import { amendedEntries, lineOn, withEntries, type AmendedEntry, type Timeline } from './timeline.ts';

/** Rows gathered over a batch. */
export interface ScheduleRows {
  readonly versions: VersionRow[];
  readonly contributions: LineContribution[];
}

/**
 * Adds what `event` writes to `rows` and carries `timelines` on. Throws LineUnknown, FigureOutOfRange, and has then
 * changed neither.
 */
export function scheduleRows(
  event: DecidedEvent<LedgerEvent>,
  timelines: Map<LineId, Timeline>,
  rows: ScheduleRows,
): void {
  const timelineOf = (lineId: LineId) => timelines.get(lineId) ?? [];
  const effects = lineEffects(event, (lineId) => lineOn(timelineOf(lineId), event.effectiveAt));
  const amendments = effects.map((effect) => ({
    effect,
    entries: amendedEntries(timelineOf(effect.lineId), effect, event.effectiveAt),
  }));
  for (const { effect, entries } of amendments) {
    timelines.set(effect.lineId, withEntries(timelineOf(effect.lineId), entries));
    for (const entry of entries) rows.versions.push(...versionRows(effect.lineId, event.position, entry));
  }
  rows.contributions.push(...contributionsOf(event, amendments));
}

interface Amendment {
  readonly effect: LineEffect;
  readonly entries: readonly AmendedEntry[];
}

function contributionsOf(
  { position, effectiveAt: effectiveOn }: DecidedEvent<LedgerEvent>,
  amendments: readonly Amendment[],
): readonly LineContribution[] {
  const amounts = amendments.flatMap(({ effect, entries }) => {
    const audience = entries.flatMap((entry) => versionRows(effect.lineId, position, entry))[0]?.audience ?? [];
    return measuredAmounts(effect).map((amount) => ({ ...amount, lineId: effect.lineId, audience }));
  });
  return amounts.map((amount, seq) => ({ ...amount, position, seq, effectiveOn }));
}
