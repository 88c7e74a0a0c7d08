import type { Type } from '@nestjs/common';

/** What a column of a report holds; `mixed` a figure in one row and a text in another, `nested` what is told as JSON text. */
export type ColumnKind = 'text' | 'integer' | 'mixed' | 'flag' | 'nested';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** The columns of a report's rows, in the order in which the OpenAPI document has the fields of `item`. */
export function columnsOf(item: Type): readonly Column[] {
  const prototype = item.prototype as object;
  const fields = (Reflect.getMetadata(FIELDS, prototype) ?? []) as readonly string[];
  return fields.map((field) => {
    const name = field.slice(1);
    return { name, kind: kindOf(Reflect.getMetadata(FIELD, prototype, name) as FieldSchema) };
  });
}

/** The same columns of a row's `fields` as the OpenAPI document has them. */
export function columnsOfSchema(
  fields: readonly (readonly [name: string, schema: DocumentedField])[],
): readonly Column[] {
  return fields.map(([name, { type, enum: choices, oneOf }]) => {
    const named = [type ?? []].flat().find((each) => each !== 'null');
    return { name, kind: kindOf({ type: named, isArray: named === 'array', enum: choices, oneOf }) };
  });
}

/** As much of JSON Schema as says what a column holds. */
export interface DocumentedField {
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly oneOf?: readonly { readonly type?: unknown; readonly pattern?: string }[] | undefined;
}

/** Where @nestjs/swagger keeps what its decorators say of a class. */
const FIELDS = 'swagger/apiModelPropertiesArray';
const FIELD = 'swagger/apiModelProperties';

interface FieldSchema {
  readonly type?: unknown;
  readonly isArray?: boolean;
  readonly enum?: readonly unknown[] | undefined;
  readonly oneOf?: readonly { readonly type?: unknown; readonly pattern?: string }[] | undefined;
}

function kindOf({ type, isArray, enum: choices, oneOf }: FieldSchema): ColumnKind {
  if (isArray === true) return 'nested';
  if (oneOf?.some((each) => each.type === 'string' && each.pattern === undefined) === true) return 'mixed';
  if (oneOf !== undefined) return kindOfType(oneOf.find((each) => each.type === 'integer')?.type ?? oneOf[0]?.type);
  return choices === undefined ? kindOfType(type) : 'text';
}

function kindOfType(type: unknown): ColumnKind {
  if (type === 'integer' || type === 'number' || type === Number) return 'integer';
  if (type === 'boolean' || type === Boolean) return 'flag';
  return type === 'string' || type === String ? 'text' : 'nested';
}
