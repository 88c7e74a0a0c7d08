import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Column } from './columns.ts';
import { cellOf, type Row } from './rows.ts';

/** Apache Parquet: figures as INT64, or as digits in a column where one is beyond it; nested values as JSON text. */
export function parquetOf(columns: readonly Column[], rows: readonly Row[]): Buffer {
  const columnData = columns.map((column) => {
    const cells = rows.map((row) => cellOf(column, row));
    return { name: column.name, nullable: true, ...typed(column, cells) };
  });
  return Buffer.from(parquetWriteBuffer({ columnData }));
}

const INT64 = 2n ** 63n;

function typed({ kind }: Column, cells: readonly (string | bigint | boolean | null)[]) {
  if (kind === 'flag') return { type: 'BOOLEAN' as const, data: [...cells] };
  const isInt64 = kind === 'integer' && cells.every((cell) => typeof cell !== 'bigint' || fits(cell));
  if (isInt64) return { type: 'INT64' as const, data: [...cells] };
  return { type: 'STRING' as const, data: cells.map((cell) => (cell === null ? null : String(cell))) };
}

function fits(figure: bigint): boolean {
  return figure >= -INT64 && figure < INT64;
}
