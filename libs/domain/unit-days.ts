import { DomainError } from '#libs/kernel';

/** `a × b` unit-days; throws `VALIDATION_FAILED` beyond the safe integers, where a number would be rounded. */
export function unitDayProduct(a: number, b: number): number {
  return exact(a * b);
}

/** The sum of `numbers` of unit-days; throws `VALIDATION_FAILED` as soon as a partial sum is beyond the safe integers. */
export function unitDaySum(numbers: Iterable<number>): number {
  let sum = 0;
  for (const each of numbers) sum = exact(sum + each);
  return sum;
}

/** Safe integers are closed under this test: a true result of 2^53 or more is never rounded below 2^53. */
function exact(result: number): number {
  if (!Number.isSafeInteger(result)) throw new DomainError('VALIDATION_FAILED', { outOfRange: String(result) });
  return result;
}
