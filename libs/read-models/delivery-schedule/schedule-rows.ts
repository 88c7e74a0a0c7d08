import type { LedgerEvent } from '#libs/domain';
import type { DecidedEvent } from '#libs/kernel';
import { lineEffects } from './fold.ts';
import type { LineId } from './line.ts';
import { measuredAmounts, versionRows, type LineContribution, type VersionRow } from './rows.ts';
import { amendedEntries, lineOn, withEntries, type Timeline } from './timeline.ts';

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
  const { position, effectiveAt: effectiveOn } = event;
  const timelineOf = (lineId: LineId) => timelines.get(lineId) ?? [];
  const effects = lineEffects(event, (lineId) => lineOn(timelineOf(lineId), effectiveOn));
  if (effects.length === 0) return;
  const amendments = effects.map((effect) => ({
    effect,
    entries: amendedEntries(timelineOf(effect.lineId), effect, effectiveOn),
  }));
  let seq = 0;
  for (const { effect, entries } of amendments) {
    const { lineId } = effect;
    timelines.set(lineId, withEntries(timelineOf(lineId), entries));
    const versions = entries.flatMap((entry) => versionRows(lineId, position, entry));
    rows.versions.push(...versions);
    const audience = versions[0]?.audience ?? [];
    for (const { measure, amount } of measuredAmounts(effect)) {
      rows.contributions.push({ position, seq, lineId, measure, effectiveOn, amount, audience });
      seq += 1;
    }
  }
}
