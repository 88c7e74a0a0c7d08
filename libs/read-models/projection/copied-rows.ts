import type pg from 'pg';
import type { Id } from '#libs/kernel';
import { copyIn } from '../rows/copy-in.ts';
import { copyText } from '../rows/copy-text.ts';
import type { RowTable, TableRows } from '../rows/row-table.ts';

/** Rows on their way to a generation as text outside the heap: little of what was folded is left to be collected. */
export class CopiedRows {
  private readonly lines = new Map<RowTable, Buffer[]>();

  constructor(
    private readonly generation: number,
    private readonly ledger: Id,
  ) {}

  add(tables: readonly TableRows[]): void {
    for (const each of tables) {
      if (each.rows.length === 0) continue;
      const lines = this.lines.get(each.table) ?? [];
      lines.push(copyText(each, this.generation, this.ledger));
      this.lines.set(each.table, lines);
    }
  }

  /** Copies everything added, table after table. */
  async write(client: pg.ClientBase): Promise<void> {
    for (const [table, lines] of this.lines) await copyIn(client, table, lines);
  }
}
