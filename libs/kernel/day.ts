import { DomainError } from './domain-error.ts';

/**
 * A calendar day as an ISO 8601 date, `2023-12-08`, of the proleptic Gregorian calendar, years 1900 to 2999.
 * Days compare as strings: `a < b` is "a is earlier".
 * @format date
 */
export type Day = string;

const MS_PER_DAY = 86_400_000;

/** The day in `text`, or null when it is not an existing day written as `YYYY-MM-DD` between 1900 and 2999. */
export function parseDay(text: unknown): Day | null {
  if (typeof text !== 'string' || !/^(19|2\d)\d\d-\d\d-\d\d$/.test(text)) return null;
  const instantMs = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)));
  return dayOfInstant(instantMs) === text ? text : null;
}

/** The UTC day that holds `instantMs`, milliseconds since 1970-01-01T00:00:00Z. */
export function dayOfInstant(instantMs: number): Day {
  return new Date(instantMs).toISOString().slice(0, 10);
}

/** Midnight UTC at the start of `day`, in milliseconds since 1970-01-01T00:00:00Z. */
export function startOfDayMs(day: Day): number {
  const ms = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
  if (Number.isNaN(ms)) throw new DomainError('VALIDATION_FAILED', { day });
  return ms;
}

/** Days from 1970-01-01 to `day`, so that days can be summed and walked as integers. {@link dayOfNumber} is its inverse. */
export function dayNumber(day: Day): number {
  return startOfDayMs(day) / MS_PER_DAY;
}

/** The day `number` days after 1970-01-01. */
export function dayOfNumber(number: number): Day {
  return dayOfInstant(number * MS_PER_DAY);
}

/** Days from `from` to `to`: positive when `to` is later, 0 on the same day. */
export function daysBetween(from: Day, to: Day): number {
  return (startOfDayMs(to) - startOfDayMs(from)) / MS_PER_DAY;
}

/** The day `days` after `day`; before it when negative. */
export function addDays(day: Day, days: number): Day {
  return dayOfInstant(startOfDayMs(day) + days * MS_PER_DAY);
}
