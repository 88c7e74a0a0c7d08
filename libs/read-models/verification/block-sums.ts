import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { BLOCK_LENGTH } from '../positions/insert.ts';
import type { PositionContribution } from '../positions/movement.ts';
import { differences, type ReadModelDifference } from './difference.ts';

/** Sums contributions as they come and compares them with each block that the table holds. */
export class BlockSums {
  private readonly sums = new Map<string, bigint>();
  private block = 0;

  constructor(
    private readonly db: Queryable,
    private readonly generation: number,
    private readonly ledger: Id,
  ) {}

  /** Takes the contributions of the events up to `upTo`, the next ones in order; answers the blocks that differ. */
  async take(contributions: readonly PositionContribution[], upTo: number): Promise<readonly ReadModelDifference[]> {
    const found: ReadModelDifference[] = [];
    for (const contribution of contributions) {
      found.push(...(await this.closeBefore(contribution.position)));
      const key = keyOf(contribution);
      this.sums.set(key, (this.sums.get(key) ?? 0n) + BigInt(contribution.quantity));
    }
    return [...found, ...(await this.closeBefore(upTo + 1))];
  }

  /** Rows of blocks after the last one compared; none may be there. */
  async beyond(): Promise<readonly ReadModelDifference[]> {
    const { rows } = await this.db.query<BlockRow>(`${SELECT} and block > $3`, [
      this.generation,
      this.ledger,
      this.block,
    ]);
    return differences('position_blocks', new Map(), new Map(rows.map(entryOf)));
  }

  private async closeBefore(position: number): Promise<readonly ReadModelDifference[]> {
    const found: ReadModelDifference[] = [];
    while ((this.block + 1) * BLOCK_LENGTH < position) {
      this.block += 1;
      const { rows } = await this.db.query<BlockRow>(`${SELECT} and block = $3`, [
        this.generation,
        this.ledger,
        this.block,
      ]);
      const expected = [...this.sums].map(([key, sum]) =>
        entryOf({ block: String(this.block), key, quantity: String(sum) }),
      );
      found.push(...differences('position_blocks', new Map(expected), new Map(rows.map(entryOf))));
    }
    return found;
  }
}

interface BlockRow {
  readonly block: string;
  readonly key: string;
  readonly quantity: string;
}

const SELECT = `
  select block, concat_ws(' ', company_id, sku_id, coalesce(site_id, '-'), bucket, coalesce(counterparty_id, '-')) as key,
         quantity
  from read.position_blocks
  where generation = $1 and ledger = $2`;

/** No id is a lone hyphen: its first character is a letter or digit. */
function keyOf({ companyId, skuId, siteId, bucket, counterpartyId }: PositionContribution): string {
  return [companyId, skuId, siteId ?? '-', bucket, counterpartyId ?? '-'].join(' ');
}

function entryOf(row: BlockRow): [string, object] {
  return [`${row.block} ${row.key}`, { quantity: row.quantity }];
}
