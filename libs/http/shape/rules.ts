import { ValidateBy } from 'class-validator';
import { isId, parseDay } from '#libs/kernel';
import { isPlainText } from './text.ts';

/** A class-validator rule that says what the value must be. */
function rule(name: string, message: string, holds: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate: holds, defaultMessage: () => message } });
}

export const MustBeId = () =>
  rule('id', 'must be 1-64 of letters, digits, ".", "_", "-", the first a letter or digit', isId);

export const MustBeDay = () =>
  rule('day', 'must be an existing day, YYYY-MM-DD, from 1900 to 2999', (value) => parseDay(value) !== null);

export const MustBeInteger = (least: number, most: number) =>
  rule(
    'integer',
    `must be an integer from ${least} to ${most === Number.MAX_SAFE_INTEGER ? '2^53 − 1' : most}`,
    (value) => {
      return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
    },
  );

export const MustBeText = (lengthMax: number) =>
  rule('text', `must be visible text of 1 to ${lengthMax} characters`, (value) => isPlainText(value, lengthMax));

export const MustBeOneOf = (values: readonly string[]) =>
  rule('oneOf', `must be one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));

/** A list of some of `values`, none of them twice. */
export const MustBeSomeOf = (values: readonly string[]) =>
  rule('someOf', `must be a list of some of ${values.join(', ')}, none twice`, (value) => {
    return (
      Array.isArray(value) &&
      new Set(value).size === value.length &&
      value.every((each) => values.includes(each as string))
    );
  });

export const MustBeFlag = () => rule('flag', 'must be true or false', (value) => typeof value === 'boolean');

export const MustMatch = (pattern: RegExp, expectation: string) =>
  rule('pattern', `must be ${expectation}`, (value) => typeof value === 'string' && pattern.test(value));

export const MustBeListOf = (least: number, most: number) =>
  rule('list', `must be a list of ${least} to ${most} objects`, (value) => {
    return Array.isArray(value) && value.length >= least && value.length <= most && value.every(isObject);
  });

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
