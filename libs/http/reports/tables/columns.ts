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

/** Where @nestjs/swagger keeps what its decorators say of a class. */
const FIELDS = 'swagger/apiModelPropertiesArray';
const FIELD = 'swagger/apiModelProperties';

interface FieldSchema {
  readonly type?: unknown;
  readonly isArray?: boolean;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly { readonly type?: string; readonly pattern?: string }[];
}

function kindOf({ type, isArray, enum: choices, oneOf }: FieldSchema): ColumnKind {
  if (isArray === true) return 'nested';
  if (oneOf?.some((each) => each.type === 'string' && each.pattern === undefined) === true) return 'mixed';
  if (oneOf !== undefined) return kindOfType(oneOf.find((each) => each.type === 'integer')?.type ?? oneOf[0]?.type);
  return choices === undefined ? kindOfType(type) : 'text';
}

function kindOfType(type: unknown): ColumnKind {
  if (type === 'integer' || type === Number) return 'integer';
  if (type === 'boolean' || type === Boolean) return 'flag';
  return type === 'string' || type === String ? 'text' : 'nested';
}
