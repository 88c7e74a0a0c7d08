import type { Id } from '#libs/kernel';
import type { ColumnType, TableRows } from './row-table.ts';

/** `rows` as lines of PostgreSQL's COPY text format, all columns of their table in order. */
export function copyText({ table, rows }: TableRows, generation: number, ledger: Id): Buffer {
  const fields = Object.entries(table.columns).map(([field, type]) => [field, WRITERS[type] ?? plain] as const);
  const start = `${generation}\t${plain(ledger)}`;
  let text = '';
  for (const row of rows) {
    text += start;
    for (const [field, write] of fields) text += `\t${write((row as Readonly<Record<string, unknown>>)[field])}`;
    text += '\n';
  }
  return encoded(text);
}

const NULL = '\\N';

type Write = (value: unknown) => string;

/** Of all other types the text is the value. */
const WRITERS: Readonly<Partial<Record<ColumnType, Write>>> = {
  'text[]': (value) => (Array.isArray(value) ? escaped(arrayText(value)) : plain(value)),
  jsonb: (value) => (value === null || value === undefined ? NULL : escaped(JSON.stringify(value))),
};

function plain(value: unknown): string {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : NULL;
  if (value === null || value === undefined) return NULL;
  return escaped(JSON.stringify(value));
}

function arrayText(values: readonly unknown[]): string {
  return `{${values.map((value) => (typeof value === 'string' ? quoted(value) : 'NULL')).join(',')}}`;
}

function quoted(value: string): string {
  return `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(value: string): string {
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '') : value;
}

/** Half a surrogate pair has no UTF-8. It goes as NUL, which PostgreSQL refuses in a text, as it refuses the half in JSON. */
function encoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const isAscii = bytes.length === text.length;
  return isAscii || !LONE_SURROGATE.test(text) ? bytes : Buffer.from(text.replaceAll(LONE_SURROGATES, '\0'), 'utf8');
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;
