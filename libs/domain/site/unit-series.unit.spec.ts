import fc from 'fast-check';
import { addUnits, NEVER, noUnits, SeriesCursor } from './unit-series.ts';

const entry = fc.record({ day: fc.integer({ min: 0, max: 12 }), units: fc.integer({ min: -3, max: 3 }) });

describe('a unit series', () => {
  it('sums like a list of its entries, keeps days in order and none without units, and never changes', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        let series = noUnits;
        entries.forEach(({ day, units }, index) => {
          const before = structuredClone(series);
          const grown = addUnits(series, day, units);
          expect(series).toEqual(before);
          series = grown;
          expect(series).toEqual(sumOf(entries.slice(0, index + 1)));
        });
      }),
    );
  });

  it('is walked from its first day on', () => {
    const cursor = new SeriesCursor({ days: [2, 5, 9], units: [10, -4, 1] });
    const seen = [1, 2, 4, 9].map((day) => {
      const { nextDay } = cursor;
      cursor.advanceTo(day);
      return [nextDay, cursor.total];
    });
    expect(seen).toEqual([
      [2, 0],
      [2, 10],
      [5, 10],
      [5, 7],
    ]);
    expect(cursor.nextDay).toBe(NEVER);
    cursor.advanceTo(NEVER);
    expect(cursor.total).toBe(7);
  });
});

function sumOf(entries: readonly { day: number; units: number }[]) {
  const sums = new Map<number, number>();
  for (const { day, units } of entries) sums.set(day, (sums.get(day) ?? 0) + units);
  const kept = [...sums].filter(([, units]) => units !== 0).toSorted(([a], [b]) => a - b);
  return { days: kept.map(([day]) => day), units: kept.map(([, units]) => units) };
}
