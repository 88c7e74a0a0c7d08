import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateIf, ValidateNested } from 'class-validator';
import { DAY_PATTERN } from './days-and-instants.ts';
import * as rules from './rules.ts';

/** How a field is asked for: required unless `optional`; null only where `nullable`. */
interface FieldOptions {
  readonly description?: string;
  readonly example?: string | number | boolean;
  readonly optional?: true;
  readonly nullable?: true;
}

const ID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';

export const IdField = (options: FieldOptions = {}) =>
  field(rules.MustBeId(), { type: 'string', pattern: ID_PATTERN }, options);

export const DayField = (options: FieldOptions = {}) =>
  field(rules.MustBeDay(), { type: 'string', format: 'date', pattern: DAY_PATTERN.source }, options);

export const IntegerField = ({
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
  ...options
}: FieldOptions & { least?: number; most?: number } = {}) =>
  field(rules.MustBeInteger(least, most), { type: 'integer', minimum: least, maximum: most }, options);

export const TextField = ({ lengthMax, ...options }: FieldOptions & { lengthMax: number }) =>
  field(rules.MustBeText(lengthMax), { type: 'string', minLength: 1, maxLength: lengthMax }, options);

export const ChoiceField = (values: readonly string[], options: FieldOptions = {}) =>
  field(rules.MustBeOneOf(values), { type: 'string', enum: [...values] }, options);

/** Some of `values`, none of them twice. */
export const ChoicesField = (values: readonly string[], options: FieldOptions = {}) =>
  field(
    rules.MustBeSomeOf(values),
    { type: 'array', items: { type: 'string', enum: [...values] }, uniqueItems: true },
    options,
  );

export const FlagField = (options: FieldOptions = {}) => field(rules.MustBeFlag(), { type: 'boolean' }, options);

export const PatternField = (pattern: RegExp, expectation: string, options: FieldOptions = {}) =>
  field(rules.MustMatch(pattern, expectation), { type: 'string', pattern: pattern.source }, options);

export const ListField = (
  item: () => new () => object,
  { least, most, ...options }: FieldOptions & { least: number; most: number },
) =>
  applyDecorators(
    field(
      rules.MustBeListOf(least, most),
      { type: () => item(), isArray: true, minItems: least, maxItems: most },
      options,
    ),
    ValidateNested({ each: true }),
    Type(item),
  );

function field(
  rule: PropertyDecorator,
  schema: ApiPropertyOptions,
  { optional, nullable, ...said }: FieldOptions,
): PropertyDecorator {
  const documented = {
    ...schema,
    ...said,
    required: optional !== true,
    ...(nullable ? { nullable } : {}),
  } as ApiPropertyOptions;
  const asked = (value: unknown) => !(optional && value === undefined) && !(nullable && value === null);
  return applyDecorators(
    rule,
    ValidateIf((_, value) => asked(value)),
    ApiProperty(documented),
  );
}
