import ts from 'typescript';

/** JSDoc tags that a schema repeats; those of a type's alias count wherever the alias stands. */
const CONSTRAINTS = { pattern: String, format: String, minimum: Number, maximum: Number };

/**
 * The JSON Schema of plain data of `type`. `node`, where the type was written, tells an `Id` from any string.
 * A number is a whole number that is exact. Throws TypeError for what is no plain data.
 */
export function schemaOfType(checker, type, node) {
  const parts = (type.isUnion() ? type.types : [type]).filter((part) => !has(part, ts.TypeFlags.Undefined));
  const values = parts.filter((part) => !has(part, ts.TypeFlags.Null));
  if (values.length === 0) throw new TypeError(`no plain data: ${checker.typeToString(type)}`);
  const schema = schemaOfParts(checker, values, soleNode(node));
  return values.length === parts.length ? schema : orNull(schema);
}

function schemaOfParts(checker, parts, node) {
  if (parts.every((part) => part.isStringLiteral())) return choiceOf('string', parts.map(({ value }) => value).sort());
  if (parts.every((part) => part.isNumberLiteral())) return choiceOf('integer', parts.map(({ value }) => value).sort());
  const [truths, others] = [parts.filter(isBoolean), parts.filter((part) => !isBoolean(part))];
  const schemas = others.map((part) => schemaOfPart(checker, part, node));
  if (truths.length === 2) schemas.push({ type: 'boolean' });
  if (truths.length === 1) schemas.push({ const: checker.typeToString(truths[0]) === 'true' });
  return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
}

function schemaOfPart(checker, type, node) {
  if (has(type, ts.TypeFlags.Unknown)) return {};
  if (has(type, ts.TypeFlags.NonPrimitive)) return { type: 'object' };
  if (has(type, ts.TypeFlags.String)) return { type: 'string', ...constraintsOf(tagsFor(TEXTS, checker, node)) };
  if (has(type, ts.TypeFlags.Number)) return { ...WHOLE, ...constraintsOf(tagsFor(NUMBERS, checker, node)) };
  if (checker.isArrayType(type)) return arraySchema(checker, type, node);
  if (has(type, ts.TypeFlags.Object | ts.TypeFlags.Intersection) && type.getCallSignatures().length === 0) {
    return objectSchema(checker, type);
  }
  throw new TypeError(`no plain data: ${checker.typeToString(type)}`);
}

const WHOLE = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

function arraySchema(checker, type, node) {
  const listed = node !== undefined && ts.isTypeOperatorNode(node) ? node.type : node;
  const element = listed !== undefined && ts.isArrayTypeNode(listed) ? listed.elementType : undefined;
  return { type: 'array', items: schemaOfType(checker, checker.getTypeArguments(type)[0], element) };
}

function objectSchema(checker, type) {
  const entry = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const fields = checker.getPropertiesOfType(type);
  const required = fields
    .filter(({ flags }) => !(flags & ts.SymbolFlags.Optional))
    .map(({ name }) => name)
    .sort();
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(checker, field)])),
    required,
    additionalProperties: entry === undefined ? false : schemaOfType(checker, entry),
  };
}

function fieldSchema(checker, field) {
  const text = ts.displayPartsToString(field.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ');
  return {
    ...(text === '' ? {} : { description: text }),
    ...schemaOfType(checker, checker.getTypeOfSymbol(field), field.declarations?.[0]?.type),
    ...constraintsOf(field.getJsDocTags(checker)),
  };
}

function constraintsOf(tags) {
  const known = tags.filter(({ name }) => name in CONSTRAINTS);
  return Object.fromEntries(
    known.map(({ name, text }) => [name, CONSTRAINTS[name](ts.displayPartsToString(text).trim())]),
  );
}

const TEXTS = ['pattern', 'format'];
const NUMBERS = ['minimum', 'maximum'];

/** Those of the alias that can bind a text, or a number: an alias may be a union of both. */
function tagsFor(names, checker, node) {
  return aliasTags(checker, node).filter(({ name }) => names.includes(name));
}

function aliasTags(checker, node) {
  if (node === undefined || !ts.isTypeReferenceNode(node)) return [];
  const symbol = checker.getSymbolAtLocation(node.typeName);
  const named = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return named.getJsDocTags(checker);
}

/** The node beside `null`, when there is just one. */
function soleNode(written) {
  const node = written !== undefined && ts.isParenthesizedTypeNode(written) ? written.type : written;
  if (node === undefined || !ts.isUnionTypeNode(node)) return node;
  const others = node.types.filter(
    (each) => !ts.isLiteralTypeNode(each) || each.literal.kind !== ts.SyntaxKind.NullKeyword,
  );
  return others.length === 1 ? others[0] : undefined;
}

function choiceOf(type, values) {
  return values.length === 1 ? { const: values[0] } : { type, enum: values };
}

function orNull(schema) {
  if (schema.anyOf !== undefined) return { anyOf: [...schema.anyOf, { type: 'null' }] };
  if (schema.const !== undefined) return { enum: [schema.const, null] };
  if (schema.enum !== undefined) return { ...schema, type: [schema.type, 'null'], enum: [...schema.enum, null] };
  return schema.type === undefined ? schema : { ...schema, type: [schema.type, 'null'] };
}

const has = (type, flags) => (type.flags & flags) !== 0;

const isBoolean = (type) => has(type, ts.TypeFlags.BooleanLiteral);
