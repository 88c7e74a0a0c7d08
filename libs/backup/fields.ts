import { isUtf8 } from 'node:buffer';
import { parseDay } from '#libs/kernel';

/** How a value of a record stands in its line. `read` throws {@link NotAField} for anything that `write` would not have written. */
export interface Field<T> {
  read(value: unknown): T;
  write(value: T): unknown;
}

/** What stands in a line is not what its field holds. */
export class NotAField extends Error {
  readonly code = 'NOT_A_FIELD';
}

/** Text that PostgreSQL takes and gives back: no NUL, no lone surrogate. */
export const text = checked((value): value is string => typeof value === 'string' && !/\0|\p{Surrogate}/u.test(value));

export const textOrNull: Field<string | null> = {
  read: (value) => (value === null ? null : text.read(value)),
  write: (value) => value,
};

/** A safe integer from 0 on. */
export const count = checked((value): value is number => Number.isSafeInteger(value) && Number(value) >= 0);

export const flag = checked((value): value is boolean => typeof value === 'boolean');

export const day = checked((value): value is string => parseDay(value) !== null);

export const sha256 = checked((value): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));

export const uuid = checked(
  (value): value is string => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
);

export function matching(pattern: RegExp): Field<string> {
  return checked((value): value is string => typeof value === 'string' && pattern.test(value));
}

export function oneOf<const Names extends readonly string[]>(...names: Names): Field<Names[number]> {
  return checked((value): value is Names[number] => typeof value === 'string' && names.includes(value));
}

/** Bytes as the text that they are, so that the file can be read; in base64 those that are no UTF-8. */
export const bytes: Field<Buffer> = {
  read(value) {
    if (typeof value === 'string') return Buffer.from(value);
    const base64 = (value as { readonly base64?: unknown } | null)?.base64;
    if (typeof base64 === 'string') return Buffer.from(base64, 'base64');
    throw new NotAField();
  },
  write: (value) => (isUtf8(value) ? value.toString() : { base64: value.toString('base64') }),
};

function checked<T>(isValid: (value: unknown) => value is T): Field<T> {
  return {
    read(value) {
      if (isValid(value)) return value;
      throw new NotAField();
    },
    write: (value) => value,
  };
}
