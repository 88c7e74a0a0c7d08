/**
 * An identifier chosen by the caller: 1-64 of letters, digits, `.`, `_`, `-`, the first a letter or digit.
 * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$
 */
export type Id = string;

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Whether `value` is an {@link Id}. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID.test(value);
}
