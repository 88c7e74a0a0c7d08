/**
 * Units that come (or, negative, go) on days: parallel arrays, `days` as day numbers in ascending order, each once.
 * A busy site has as many entries as days with deliveries, however many tranches those days hold.
 */
export interface UnitSeries {
  readonly days: readonly number[];
  readonly units: readonly number[];
}

export const noUnits: UnitSeries = { days: [], units: [] };

/** After every day: where a series ends. A constant, as the capacity gate asks for it at every stop. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** `series` with `units` more on `day`; a day on which nothing is left is dropped. Copies, O(days). */
export function addUnits(series: UnitSeries, day: number, units: number): UnitSeries {
  if (units === 0) return series;
  const index = indexOfDay(series.days, day);
  if (series.days[index] !== day) return inserted(series, index, day, units);
  const total = (series.units[index] ?? 0) + units;
  if (total === 0) return removed(series, index);
  const changed = series.units.slice();
  changed[index] = total;
  return { days: series.days, units: changed };
}

/** Walks a series from the first day on and keeps the running total. */
export class SeriesCursor {
  total = 0;
  /** The next day not yet counted, NEVER when there is none. */
  nextDay: number;
  private index = 0;

  constructor(private readonly series: UnitSeries) {
    this.nextDay = series.days[0] ?? NEVER;
  }

  /** Counts every day up to and including `day`. */
  advanceTo(day: number): void {
    const { days, units } = this.series;
    while (this.nextDay <= day && this.index < days.length) {
      this.total += units[this.index++] ?? 0;
      this.nextDay = days[this.index] ?? NEVER;
    }
  }
}

/** Where `day` is or belongs. */
function indexOfDay(days: readonly number[], day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? NEVER) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function inserted(series: UnitSeries, index: number, day: number, units: number): UnitSeries {
  const days = series.days.slice();
  const counts = series.units.slice();
  days.splice(index, 0, day);
  counts.splice(index, 0, units);
  return { days, units: counts };
}

function removed(series: UnitSeries, index: number): UnitSeries {
  const days = series.days.slice();
  const counts = series.units.slice();
  days.splice(index, 1);
  counts.splice(index, 1);
  return { days, units: counts };
}
