/**
 * A whole number that JSON carries exactly: a number within the safe integers, a string of digits outside of them.
 * There is one such form of each, so equal numbers are `===`; what is added, compared or negated goes through the functions below.
 *
 * @pattern ^-?[1-9][0-9]{15,}$
 */
export type ExactInteger = number | string;

/** The whole number `digits`, as a bigint or as PostgreSQL writes it. */
export function exactInteger(digits: string | bigint): ExactInteger {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : String(digits);
}

/** `a × b`. */
export function exactProduct(a: number, b: number): ExactInteger {
  const product = a * b;
  return Number.isSafeInteger(product) ? product + 0 : exactInteger(BigInt(a) * BigInt(b));
}

/** The sum of `terms`; 0 of none. */
export function exactSum(...terms: readonly ExactInteger[]): ExactInteger {
  let sum: ExactInteger = 0;
  for (const term of terms) sum = exactlyAdded(sum, term);
  return sum;
}

/** `−a`; of zero there is no negative. */
export function exactNegative(a: ExactInteger): ExactInteger {
  return typeof a === 'number' ? 0 - a : exactInteger(-BigInt(a));
}

/** Below zero where `a` is less than `b`, above zero where it is more, zero where they are the same. */
export function compareExact(a: ExactInteger, b: ExactInteger): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === b) return 0;
  return BigInt(a) < BigInt(b) ? -1 : 1;
}

/** Safe integers are closed under the test: a true result of 2^53 or more is never rounded below 2^53. */
function exactlyAdded(a: ExactInteger, b: ExactInteger): ExactInteger {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return exactInteger(BigInt(a) + BigInt(b));
}
