import type { JsonPlace } from '../json-place.ts';
import type { Check, ReportRow } from './expectation.ts';

/** The buckets of the positions report. */
export const buckets = [
  'open',
  'inTransit',
  'atDock',
  'accepted',
  'energised',
  'short',
  'rejected',
  'cancelled',
  'over',
] as const;

export type Bucket = (typeof buckets)[number];

/** A count of units: an integer, or a string of digits beyond the safe range. */
export function unitsAt(place: JsonPlace): bigint {
  if (typeof place.value === 'string' && DIGITS.test(place.value)) return BigInt(place.value);
  return BigInt(place.integer());
}

/** Compares the figure named `bucket` summed over `rows`; no row means 0, a row without it is a failure. */
export function compareUnits(subject: string, expected: bigint, rows: readonly ReportRow[], bucket: string): Check {
  const actual = rows.reduce<bigint | null>((sum, row) => plus(sum, row[bucket]), 0n);
  return {
    subject,
    expected: String(expected),
    actual: actual === null ? `no count of ${bucket} in the answer` : String(actual),
    holds: actual === expected,
  };
}

const DIGITS = /^-?\d+$/;

function plus(sum: bigint | null, value: unknown): bigint | null {
  const readable = Number.isSafeInteger(value) || (typeof value === 'string' && DIGITS.test(value));
  return sum === null || !readable ? null : sum + BigInt(value as number | string);
}
