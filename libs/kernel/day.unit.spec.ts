import fc from 'fast-check';
import { addDays, dayNumber, dayOfInstant, dayOfNumber, daysBetween, parseDay, startOfDayMs } from './day.ts';
import { DomainError } from './domain-error.ts';

const day = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2999, 11, 31) / 86_400_000 })
  .map(dayOfNumber);

describe('parseDay', () => {
  it.each(['1900-01-01', '2999-12-31', '2000-02-29', '2024-02-29', '2023-12-08', '1999-12-31'])('takes %s', (text) => {
    expect(parseDay(text)).toBe(text);
  });

  it.each([
    ...['2023-02-29', '1900-02-29', '2023-04-31', '2023-13-01', '2023-00-10', '2023-01-00', '2023-01-32'],
    ...['1899-12-31', '3000-01-01', '0024-01-01'],
    ...['2023-1-1', '20230101', '2023-01-01T00:00:00Z', ' 2023-01-01', '2023-01-01\n', '+2023-01-01', ''],
    ...[null, undefined, 20230101, new Date(0), ['2023-01-01']],
  ])('refuses %j', (value) => {
    expect(parseDay(value)).toBeNull();
  });

  it('takes every day that it makes', () => {
    fc.assert(fc.property(day, (each) => parseDay(each) === each));
  });
});

describe('dayOfInstant', () => {
  it.each([
    [0, '1970-01-01'],
    [-1, '1969-12-31'],
    [86_399_999, '1970-01-01'],
    [86_400_000, '1970-01-02'],
    [Date.UTC(2024, 1, 29, 23, 59, 59, 999), '2024-02-29'],
  ])('%s ms is on %s', (instantMs, expected) => {
    expect(dayOfInstant(instantMs)).toBe(expected);
  });
});

describe('startOfDayMs', () => {
  it('is the first millisecond of the day', () => {
    fc.assert(
      fc.property(day, (each) => {
        const startMs = startOfDayMs(each);
        expect([dayOfInstant(startMs), dayOfInstant(startMs - 1) < each]).toEqual([each, true]);
      }),
    );
  });

  it('throws VALIDATION_FAILED for what is no day', () => {
    expect(() => startOfDayMs('soon')).toThrow(new DomainError('VALIDATION_FAILED', { day: 'soon' }));
  });
});

describe('days', () => {
  it.each([
    ['2023-12-20', '2024-01-31', 42],
    ['2023-12-20', '2024-06-30', 193],
    ['2024-02-28', '2024-03-01', 2],
    ['2023-02-28', '2023-03-01', 1],
    ['2024-01-01', '2023-12-31', -1],
    ['2024-01-01', '2024-01-01', 0],
  ])('from %s to %s: %s', (from, to, days) => {
    expect([daysBetween(from, to), addDays(from, days), addDays(to, -days)]).toEqual([days, to, from]);
  });

  it('as numbers count like days, order like strings, and come back', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(dayNumber(b) - dayNumber(a)).toBe(daysBetween(a, b));
        expect(a < b).toBe(dayNumber(a) < dayNumber(b));
        expect(dayOfNumber(dayNumber(a))).toBe(a);
      }),
    );
    expect(dayNumber('1970-01-02')).toBe(1);
  });
});
