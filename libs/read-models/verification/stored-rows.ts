import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** The tables that are compared with a fold of the ledger. */
export type ComparedTable = 'position_contributions' | 'delivery_versions' | 'delivery_contributions';

/** A row as it was or would be written, by its key within the ledger. */
export type RowsByKey = ReadonlyMap<string, object>;

export interface Stretch {
  readonly generation: number;
  readonly ledger: Id;
  /** Positions after `after` up to `upTo`; null: all after. */
  readonly after: number;
  readonly upTo: number | null;
}

/** The rows of `table` that events of the stretch wrote, in the shape they were handed to the insert. */
export async function storedRows(db: Queryable, table: ComparedTable, stretch: Stretch): Promise<RowsByKey> {
  const { rows } = await db.query<{ row: object }>(STORED[table], [
    stretch.generation,
    stretch.ledger,
    stretch.after,
    stretch.upTo,
  ]);
  return keyed(
    table,
    rows.map(({ row }) => row),
  );
}

/** `rows` by what identifies each in `table`. */
export function keyed(table: ComparedTable, rows: readonly object[]): RowsByKey {
  return new Map(rows.map((row) => [KEYS[table].map((field) => String(Reflect.get(row, field))).join(' '), row]));
}

const KEYS: Record<ComparedTable, readonly string[]> = {
  position_contributions: ['position', 'seq'],
  delivery_versions: ['position', 'lineId', 'effectiveOn', 'withdrawn'],
  delivery_contributions: ['position', 'seq'],
};

const OF_STRETCH = `
  where generation = $1 and ledger = $2 and position > $3 and ($4::bigint is null or position <= $4)
  order by position`;

const STORED: Record<ComparedTable, string> = {
  position_contributions: `
    select json_build_object(
      'position', position, 'seq', seq, 'companyId', company_id, 'skuId', sku_id, 'siteId', site_id,
      'bucket', bucket, 'counterpartyId', counterparty_id, 'dueOn', due_on, 'quantity', quantity,
      'effectiveOn', effective_on, 'frontierOn', frontier_on
    ) as row
    from read.position_contributions ${OF_STRETCH}`,
  delivery_versions: `
    select json_build_object(
      'position', position, 'lineId', line_id, 'effectiveOn', effective_on, 'withdrawn', withdrawn,
      'audience', audience,
      'line', case when not withdrawn then json_build_object(
        'orderId', order_id, 'trancheId', tranche_id, 'shipmentId', shipment_id,
        'orderingCompanyId', ordering_company_id, 'companyId', company_id, 'billedCompanyId', billed_company_id,
        'supplierId', supplier_id, 'skuId', sku_id, 'siteId', site_id, 'status', status,
        'requestedDate', requested_on, 'firstPromisedDate', first_promised_on, 'promisedDate', promised_on,
        'expectedDate', expected_on, 'actualDate', actual_on, 'quantity', quantity, 'dateChanges', date_changes,
        'causes', causes
      ) end
    ) as row
    from read.delivery_versions ${OF_STRETCH}`,
  delivery_contributions: `
    select json_build_object(
      'position', position, 'seq', seq, 'lineId', line_id, 'measure', measure, 'effectiveOn', effective_on,
      'amount', amount, 'audience', audience
    ) as row
    from read.delivery_contributions ${OF_STRETCH}`,
};
