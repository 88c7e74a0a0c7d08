/** A whole number that JSON carries exactly: a string of digits outside the safe range. */
export type ExactInteger = number | string;

/** The whole number that PostgreSQL wrote as `digits`. */
export function exactInteger(digits: string): ExactInteger {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : digits;
}
