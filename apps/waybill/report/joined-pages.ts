import type { RawAnswer } from '../api/answer.ts';

/** Media types that a report can be asked in, by the word for them on the command line. */
export const FORMATS = {
  json: 'application/json',
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
} as const;
export type Format = keyof typeof FORMATS;

/** What stands in a report: its rows and what is said beside them. */
export interface ReportBody {
  readonly asOfPosition: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly [beside: string]: unknown;
}

/** The pages of a report in JSON as the one that would have held them all. */
export function joinedJson(pages: readonly RawAnswer[]): ReportBody {
  const bodies = pages.map(({ body }) => body as ReportBody);
  const [first] = bodies;
  if (first === undefined) throw new RangeError('a report has a first page');
  if (bodies.length === 1) return first;
  return { ...first, items: bodies.flatMap(({ items }) => items), hasMore: false, nextCursor: null };
}

/** The pages of a report in CSV as the one that would have held them all: each has the header, a line of names without line breaks. */
export function joinedCsv(pages: readonly RawAnswer[]): Uint8Array {
  const parts = pages.map(({ bytes }, page) => (page === 0 ? bytes : bytes.subarray(bytes.indexOf(LINE_FEED) + 1)));
  return Buffer.concat(parts);
}

const LINE_FEED = 0x0a;
