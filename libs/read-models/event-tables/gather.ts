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

  /** What `event` makes, not yet added: so an event that a fold throws at adds no row anywhere. */
  fold(event: DecidedEvent<LedgerEvent>, context: FoldContext): readonly MadeRows[] {
    const made: MadeRows[] = [];
    for (const table of EVENT_TABLES) {
      const rows = recordedRows(table, event, context);
      if (rows.length > 0) made.push({ table, rows });
    }
    return made;
  }

  add(made: readonly MadeRows[]): void {
    for (const { table, rows } of made) this.gathered.get(table)?.push(...rows);
  }
}

interface MadeRows {
  readonly table: EventTable;
  readonly rows: readonly RecordedRow[];
}
