/** Types of columns that rows are handed over in. Bigints beyond the safe integers are texts of digits. */
export type ColumnType = 'bigint' | 'numeric' | 'integer' | 'text' | 'text[]' | 'date' | 'boolean' | 'jsonb';

/**
 * A table whose rows belong to a generation of a ledger: `read.NAME` as reports see it, `read_rows.NAME` where a projector copies
 * rows to. Its columns are `generation`, `ledger` and those named here, each in lower_snake_case.
 */
export interface RowTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** Rows of one table, each with the fields of its columns; a field that is missing is null. */
export interface TableRows {
  readonly table: RowTable;
  readonly rows: readonly object[];
}

export function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
