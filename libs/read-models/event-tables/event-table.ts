import type { LedgerEvent } from '#libs/domain';
import type { Day, DecidedEvent } from '#libs/kernel';
import type { ColumnType, RowTable } from '../rows/row-table.ts';

/**
 * A table of the read schema whose rows each come of one event alone and never change: `read.NAME` has the columns
 * `generation`, `ledger`, `position`, `seq` (numbering the rows of one event from 0) and `effective_on`, and those named
 * here, each in lower_snake_case. Writing, comparing, verifying and dropping its rows follow from this.
 */
export interface EventTable<Row extends object = object> {
  readonly name: string;
  readonly columns: Readonly<Record<Extract<keyof Row, string>, ColumnType>>;
  /** The rows that `event` makes. An event that this table does not care for makes none. */
  readonly fold: (event: DecidedEvent<LedgerEvent>, context: FoldContext) => readonly Row[];
  /** Sums up to the end of each block of positions, in `read.` + `blocks.name`; absent: none are kept. */
  readonly blocks?: BlockTable;
}

/** The fields of the summed rows that a sum is kept by, and those that are summed. */
export interface BlockTable {
  readonly name: string;
  readonly keys: readonly string[];
  readonly sums: readonly string[];
  /** The last key is a day: days that come to zero are left out, and every other key stands once without a day, if with zero. */
  readonly lastKeyIsDay?: true;
}

export interface FoldContext {
  /** The latest effective day of the event and all before it. */
  readonly frontierOn: Day;
  /** When the ledger learned of the event. */
  readonly recordedAtMs: number;
}

/** A row with where it comes from. */
export type RecordedRow = Readonly<Record<string, unknown>> & {
  readonly position: number;
  readonly seq: number;
  readonly effectiveOn: Day;
};

/** What every row has beside its table's own columns. */
export const RECORDED_COLUMNS = { position: 'bigint', seq: 'integer', effectiveOn: 'date' } as const;

/** `table` with every column. */
export function wholeTable({ name, columns }: EventTable): RowTable {
  return { name, columns: { ...RECORDED_COLUMNS, ...columns } };
}

/** The rows of `event`, numbered. */
export function recordedRows(
  { fold }: EventTable,
  event: DecidedEvent<LedgerEvent>,
  context: FoldContext,
): readonly RecordedRow[] {
  const rows = fold(event, context);
  if (rows.length === 0) return NONE;
  const { position, effectiveAt: effectiveOn } = event;
  return rows.map((row, seq) => ({ ...row, position, seq, effectiveOn }));
}

const NONE: readonly RecordedRow[] = [];
