import type { Column } from './columns.ts';

/** An item of a report. */
export type Row = Readonly<Record<string, unknown>>;

/** What stands in a cell: figures as bigints, exact in either spelling; nested values as JSON text. */
export function cellOf({ name, kind }: Column, row: Row): string | bigint | boolean | null {
  const value = row[name];
  if (value === undefined || value === null) return null;
  switch (kind) {
    case 'integer':
      return BigInt(value as number | string);
    case 'mixed':
      return figureOrText(value as number | string);
    case 'flag':
      return Boolean(value);
    case 'nested':
      return JSON.stringify(value);
    case 'text':
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function figureOrText(value: number | string): string | bigint {
  return /^-?\d+$/.test(String(value)) ? BigInt(value) : String(value);
}
