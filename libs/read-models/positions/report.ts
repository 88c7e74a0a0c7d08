import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { selectPositions, type PositionFilter, type PositionItem } from './query.ts';

export interface PositionsQuery extends PositionFilter {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
}

export interface PositionsReport {
  readonly asOfPosition: number;
  /** Null: all days. */
  readonly validAt: Day | null;
  readonly items: readonly PositionItem[];
}

/**
 * Who holds and is owed how many units of which SKU, by company, SKU and, with `bySite`, site. `db` decides what is
 * seen: a connection of waybill_auditor, or of waybill_query within `readAsCompanies`. Throws ReadModelBehind.
 *
 * @example await positionsReport(pool, 'redirected-h100s', { asOfPosition: 27, validAt: '2023-12-31' });
 */
export async function positionsReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, ...filter }: PositionsQuery = {},
): Promise<PositionsReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const items = await selectPositions(db, generation, ledger, position, filter);
  return { asOfPosition: position, validAt: filter.validAt ?? null, items };
}
