import type { Queryable } from '#libs/event-store';
import { RECORDED_COLUMNS, type EventTable } from '../event-tables/event-table.ts';
import { columnName, type ColumnType } from '../rows/row-table.ts';
import type { RowsByKey, Stretch } from './stored-rows.ts';

/** The rows of an event table that events of the stretch wrote, in the shape they were handed to the insert. */
export async function storedEventRows(db: Queryable, table: EventTable, stretch: Stretch): Promise<RowsByKey> {
  const { rows } = await db.query<{ row: object }>(selection(table), [
    stretch.generation,
    stretch.ledger,
    stretch.after,
    stretch.upTo,
  ]);
  return recordedByKey(rows.map(({ row }) => row));
}

export function recordedByKey(rows: readonly object[]): RowsByKey {
  return new Map(
    rows.map((row) => [`${String(Reflect.get(row, 'position'))} ${String(Reflect.get(row, 'seq'))}`, row]),
  );
}

/** Numerics were handed over as digits. */
function selection({ name, columns }: EventTable): string {
  const typed: Readonly<Record<string, ColumnType>> = { ...RECORDED_COLUMNS, ...columns };
  const fields = Object.entries(typed).map(
    ([field, type]) => `'${field}', ${columnName(field)}${type === 'numeric' ? '::text' : ''}`,
  );
  return `
    select json_build_object(${fields.join(', ')}) as row
    from read.${name}
    where generation = $1 and ledger = $2 and position > $3 and ($4::bigint is null or position <= $4)
    order by position`;
}
