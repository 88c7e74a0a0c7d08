import type { LedgerEvent } from '#libs/domain';
import type { DecidedEvent } from '#libs/kernel';
import { recordedRows, type EventTable, type FoldContext, type RecordedRow } from './event-table.ts';
import { EVENT_TABLES } from './event-tables.ts';

/** Rows by table. */
export type GatheredRows = ReadonlyMap<EventTable, readonly RecordedRow[]>;

/** Gathers the rows of a stretch of events, table by table. */
export class RowGathering {
  private readonly gathered = new Map<EventTable, RecordedRow[]>(EVENT_TABLES.map((table) => [table, []]));

  get rows(): GatheredRows {
    return this.gathered;
  }

  /** Folds `event`; what is handed back adds its rows. So an event that a fold throws at adds none anywhere. */
  fold(event: DecidedEvent<LedgerEvent>, context: FoldContext): () => void {
    const folded = EVENT_TABLES.map((table) => [table, recordedRows(table, event, context)] as const);
    return () => {
      for (const [table, rows] of folded) this.gathered.get(table)?.push(...rows);
    };
  }
}
