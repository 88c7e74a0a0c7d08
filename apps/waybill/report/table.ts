import type { ReportBody } from './joined-pages.ts';

type Row = Readonly<Record<string, unknown>>;

const WIDTH_MAX = 40;

/** A report for people: its rows under their names, then whatever other lists it has, then when it is true. */
export function tableOf(name: string, fields: readonly string[], report: ReportBody): string {
  const others = Object.entries(report).filter(([key, value]) => key !== 'items' && isRows(value));
  return [
    ...lined(fields, report.items),
    ...others.flatMap(([key, rows]) => ['', key, ...lined(fieldsOf(rows as readonly Row[]), rows as readonly Row[])]),
    '',
    standing(name, report),
    '',
  ].join('\n');
}

function standing(name: string, { asOfPosition, validAt, clock, items }: ReportBody): string {
  const day = typeof validAt === 'string' ? `, true on ${validAt}` : '';
  const simulated = clock === 'simulated' ? ', on a simulated clock' : '';
  return `${name}, ${items.length} ${items.length === 1 ? 'row' : 'rows'}, as of position ${asOfPosition}${day}${simulated}`;
}

function isRows(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'object' && each !== null);
}

function fieldsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** Only columns that say something: a field that no row has is left out. */
function lined(fields: readonly string[], rows: readonly Row[]): readonly string[] {
  const shown = fields.filter((field) => rows.length === 0 || rows.some((row) => row[field] !== undefined));
  const cells = rows.map((row) => shown.map((field) => cellOf(row[field])));
  const isFigure = shown.map((field) => rows.every((row) => FIGURE.test(cellOf(row[field]))));
  const width = shown.map((field, at) => Math.max(field.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (isFigure[at] ? cell.padStart(width[at] ?? 0) : cell.padEnd(width[at] ?? 0))).join('  ');
  return [line(shown), ...cells.map(line)].map((each) => each.trimEnd());
}

const FIGURE = /^(-?\d+)?$/;

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return cut(value.replaceAll(/\s+/g, ' '));
  if (typeof value !== 'object') return JSON.stringify(value);
  if (!Array.isArray(value)) return cut(pairs(value));
  return value.some((each) => typeof each === 'object') ? `${value.length} of them` : cut(value.join(', '));
}

function pairs(value: object): string {
  return Object.entries(value)
    .map(([key, each]) => `${key} ${typeof each === 'object' ? JSON.stringify(each) : String(each)}`)
    .join(', ');
}

function cut(text: string): string {
  return text.length > WIDTH_MAX ? `${text.slice(0, WIDTH_MAX - 1)}…` : text;
}
