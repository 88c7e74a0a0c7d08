import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { selectSchedule, type ScheduleFilter, type ScheduleItem } from './query.ts';

export interface ScheduleQuery extends Omit<ScheduleFilter, 'limit'> {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  /** 500 when absent. */
  readonly limit?: number | undefined;
}

export interface ScheduleReport {
  readonly asOfPosition: number;
  /** Null: all days. */
  readonly validAt: Day | null;
  readonly items: readonly ScheduleItem[];
  /** Whether lines follow; the next page is after the last item's `lineId`, at the same `asOfPosition`. */
  readonly hasMore: boolean;
}

/**
 * What is due when, for whom, where and how late: a line a tranche of an approved order, and one a shipment. `db`
 * decides what is seen, as for `positionsReport`. Throws ReadModelBehind.
 */
export async function deliveryScheduleReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, limit = 500, ...filter }: ScheduleQuery = {},
): Promise<ScheduleReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const items = await selectSchedule(db, generation, ledger, position, { ...filter, limit: limit + 1 });
  return {
    asOfPosition: position,
    validAt: filter.validAt ?? null,
    items: items.slice(0, limit),
    hasMore: items.length > limit,
  };
}
