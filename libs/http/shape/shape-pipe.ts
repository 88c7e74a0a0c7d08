import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { edgeProblem, type FieldError } from '../problem/problem.ts';
import { pointerTo } from '../json/strict-json.ts';

/** Bodies, path and query parameters become the class that a controller names, or a 422 (400 for queries) that points at each wrong field. */
@Injectable()
export class ShapePipe implements PipeTransform {
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom' || metatype === undefined || NATIVE.has(metatype)) return value;
    const code = type === 'query' ? 'QUERY_INVALID' : 'VALIDATION_FAILED';
    if (!isPlainObject(value)) throw edgeProblem(code, { errors: [{ pointer: '', detail: 'must be an object' }] });
    const reserved = Object.keys(value).find((key) => key in Object.prototype);
    if (reserved !== undefined)
      throw edgeProblem(code, { errors: [{ pointer: pointerTo([reserved]), detail: 'is not a known field' }] });
    const shaped = plainToInstance<object, unknown>(metatype as Type<object>, value);
    const errors = (await validate(shaped, STRICT)).flatMap((error) => fieldErrors(error, []));
    if (errors.length > 0) throw edgeProblem(code, { errors: errors.slice(0, ERRORS_MAX) });
    return shaped;
  }
}

const NATIVE: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object]);
const STRICT = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
} as const;
const ERRORS_MAX = 100;

function fieldErrors(error: ValidationError, above: readonly string[]): FieldError[] {
  const path = [...above, error.property];
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
    pointer: pointerTo(path),
    detail: name === 'whitelistValidation' ? 'is not a known field' : message,
  }));
  return [...own.slice(0, 1), ...(error.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
