import { dayNumber, type Day } from '#libs/kernel';
import type { UnitSeries } from './unit-series.ts';

/** From the day `from` on, `usableUnits` can be used, until a later change. */
export interface CapacityChange {
  readonly from: Day;
  readonly usableUnits: number;
}

/** `changes` with one more, which takes the place of those from its day on: a notice cancels what was planned for later. */
export function withoutLater(changes: readonly CapacityChange[], change: CapacityChange): readonly CapacityChange[] {
  return [...changes.filter((each) => each.from < change.from), change];
}

/** `changes` with one more, which takes the place of an earlier recorded one of the same day; later ones stay. */
export function withChange(changes: readonly CapacityChange[], change: CapacityChange): readonly CapacityChange[] {
  const before = changes.filter((each) => each.from < change.from);
  return [...before, change, ...changes.filter((each) => each.from > change.from)];
}

/** Usable units on `day`, by the change with the latest `from` not after it; 0 before the first. */
export function usableUnitsOn(changes: readonly CapacityChange[], day: Day): number {
  return changes.findLast((change) => change.from <= day)?.usableUnits ?? 0;
}

/** The changes as steps up and down from 0. */
export function stepsOf(changes: readonly CapacityChange[]): UnitSeries {
  return {
    days: changes.map((change) => dayNumber(change.from)),
    units: changes.map((change, index) => change.usableUnits - (changes[index - 1]?.usableUnits ?? 0)),
  };
}
