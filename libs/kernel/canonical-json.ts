/**
 * RFC 8785 JSON of plain data: members by the UTF-16 code units of their names, no spaces, numbers as ECMAScript writes
 * them. `undefined` members are left out, `toJSON` is honoured. Throws TypeError for what has no JSON or no UTF-8: NaN,
 * infinities, bigints, functions, symbols, half a surrogate pair; RangeError for a cycle.
 *
 * About half the time of the npm package canonicalize, whose bytes it is tested to have.
 *
 * @example canonicalJson({ b: 1, a: 'x' }) // '{"a":"x","b":1}'
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringJson(value);
    case 'number':
      if (Number.isFinite(value)) return String(value);
      break;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (hasToJson(value)) return canonicalJson(value.toJSON());
      return Array.isArray(value) ? arrayJson(value) : objectJson(value as Readonly<Record<string, unknown>>);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      break;
  }
  throw new TypeError(`${typeof value} has no JSON: ${String(value)}`);
}

/** Strings that JSON writes as they are: ASCII but for control characters, the quote and the backslash. */
const PLAIN = /^[ !#-[\]-~]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

function stringJson(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw new TypeError('a lone surrogate has no UTF-8');
  return JSON.stringify(text);
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

function arrayJson(items: readonly unknown[]): string {
  let json = '[';
  for (let index = 0; index < items.length; index++) {
    if (index > 0) json += ',';
    json += canonicalJson(items[index] ?? null);
  }
  return `${json}]`;
}

function objectJson(members: Readonly<Record<string, unknown>>): string {
  let json = '';
  for (const name of sortedNames(members)) {
    const value = members[name];
    if (value === undefined) continue;
    const prefix = memberPrefix(name);
    json += json === '' ? prefix.slice(1) : prefix;
    json += canonicalJson(value);
  }
  return `{${json}}`;
}

/** Names come again with every event: writing each once saves half of the small strings that would be thrown away. */
const PREFIXES = new Map<string, string>();
const PREFIXES_MAX = 1_000;

function memberPrefix(name: string): string {
  const known = PREFIXES.get(name);
  if (known !== undefined) return known;
  const prefix = `,${stringJson(name)}:`;
  if (PREFIXES.size < PREFIXES_MAX) PREFIXES.set(name, prefix);
  return prefix;
}

/** Names that are few are sorted by insertion: less garbage than Array.sort. */
const INSERTION_MAX = 20;

function sortedNames(members: object): readonly string[] {
  const names = Object.keys(members);
  if (names.length > INSERTION_MAX) return names.sort();
  for (let taken = 1; taken < names.length; taken++) {
    const name = names[taken] as string;
    let place = taken;
    for (; place > 0 && (names[place - 1] as string) > name; place--) names[place] = names[place - 1] as string;
    names[place] = name;
  }
  return names;
}
