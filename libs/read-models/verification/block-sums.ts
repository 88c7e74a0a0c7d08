import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { BlockTable } from '../event-tables/event-table.ts';
import { BLOCK_LENGTH } from '../positions/insert.ts';
import { columnName } from '../rows/row-table.ts';
import { differences, type ReadModelDifference } from './difference.ts';

/** A row whose amounts are summed in blocks. */
type SummedRow = object & { readonly position: number };

/** Sums rows as they come and compares the sums with each block that the table holds. */
export class BlockSums {
  private readonly sums = new Map<string, readonly bigint[]>();
  private readonly selection: string;
  private block = 0;

  constructor(
    private readonly db: Queryable,
    private readonly generation: number,
    private readonly ledger: Id,
    private readonly table: BlockTable,
  ) {
    this.selection = selectionOf(table);
  }

  /** Takes the rows of the events up to `upTo`, the next ones in order; answers the blocks that differ. */
  async take(rows: readonly SummedRow[], upTo: number): Promise<readonly ReadModelDifference[]> {
    const found: ReadModelDifference[] = [];
    for (const row of rows) {
      found.push(...(await this.closeBefore(row.position)));
      const key = fieldsOf(row, this.table.keys).map(textOf).join(' ');
      const before = this.sums.get(key);
      const amounts = fieldsOf(row, this.table.sums).map((amount) => BigInt((amount ?? 0) as number | string));
      this.sums.set(
        key,
        amounts.map((amount, n) => amount + (before?.[n] ?? 0n)),
      );
    }
    return [...found, ...(await this.closeBefore(upTo + 1))];
  }

  /** Rows of blocks after the last one compared; none may be there. */
  async beyond(): Promise<readonly ReadModelDifference[]> {
    const rows = await this.stored('block > $3', this.block);
    return differences(this.table.name, new Map(), new Map(rows.map(entryOf)));
  }

  private async closeBefore(position: number): Promise<readonly ReadModelDifference[]> {
    const found: ReadModelDifference[] = [];
    while ((this.block + 1) * BLOCK_LENGTH < position) {
      this.block += 1;
      const expected = this.kept().map(([key, sums]) =>
        entryOf({ block: String(this.block), key, sums: sums.map(String) }),
      );
      const rows = await this.stored('block = $3', this.block);
      found.push(...differences(this.table.name, new Map(expected), new Map(rows.map(entryOf))));
    }
    return found;
  }

  /** The sums that a block holds. */
  private kept(): readonly (readonly [string, readonly bigint[]])[] {
    if (this.table.lastKeyIsDay !== true) return [...this.sums];
    const none = this.table.sums.map(() => 0n);
    const dayless = [...this.sums.keys()].map((key) => [withoutDay(key), none] as const);
    const due = [...this.sums].filter(([key, sums]) => key.endsWith(' -') || sums.some((sum) => sum !== 0n));
    return [...new Map([...dayless, ...due])];
  }

  private async stored(which: string, block: number): Promise<readonly BlockRow[]> {
    const asked = [this.generation, this.ledger, block];
    return (await this.db.query<BlockRow>(`${this.selection} and ${which}`, asked)).rows;
  }
}

interface BlockRow {
  readonly block: string;
  readonly key: string;
  readonly sums: readonly string[];
}

function selectionOf({ name, keys, sums }: BlockTable): string {
  const key = keys.map((field) => `coalesce(${columnName(field)}::text, '-')`);
  const amounts = sums.map((field) => `coalesce(${columnName(field)}, 0)::text`);
  return `
  select block, concat_ws(' ', ${key.join(', ')}) as key, array[${amounts.join(', ')}] as sums
  from read.${name}
  where generation = $1 and ledger = $2`;
}

function fieldsOf(row: object, fields: readonly string[]): readonly unknown[] {
  return fields.map((field) => Reflect.get(row, field) as unknown);
}

/** No id is a lone hyphen: its first character is a letter or digit. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '-';
}

function withoutDay(key: string): string {
  return `${key.slice(0, key.lastIndexOf(' '))} -`;
}

function entryOf({ block, key, sums }: BlockRow): [string, object] {
  return [`${block} ${key}`, { sums }];
}
