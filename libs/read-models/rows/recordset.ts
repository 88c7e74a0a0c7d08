import { columnName, type RowTable } from './row-table.ts';

/** An insert of the rows in `rows`, a JSON array, of the generation in $1 and the ledger in $2, where `only` holds. */
export function insertion({ name, columns }: RowTable, { rows, only }: { rows: string; only: string }): string {
  const fields = Object.entries(columns);
  return `
    insert into read.${name} (generation, ledger, ${fields.map(([field]) => columnName(field)).join(', ')})
    select $1, $2, ${fields.map(([field]) => `"${field}"`).join(', ')}
    from json_to_recordset(${rows}) as row (${fields.map(([field, type]) => `"${field}" ${type}`).join(', ')})
    where ${only}`;
}
