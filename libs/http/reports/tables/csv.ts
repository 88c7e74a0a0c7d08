import { stringify } from 'csv-stringify/sync';
import type { Column } from './columns.ts';
import { cellOf, type Row } from './rows.ts';

/**
 * RFC 4180 with a header. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
 * Injection"); figures never do.
 */
export function csvOf(columns: readonly Column[], rows: readonly Row[]): string {
  return stringify(
    rows.map((row) => columns.map((column) => csvCell(column, row))),
    {
      header: true,
      columns: columns.map(({ name }) => name),
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { boolean: String },
    },
  );
}

function csvCell(column: Column, row: Row) {
  return cellOf(column, row) ?? '';
}
