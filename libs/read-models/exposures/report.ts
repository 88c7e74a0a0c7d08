import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { selectExposures, type ExposureFilter, type ExposureItem, type NetExposure } from './query.ts';

export interface ExposuresQuery extends ExposureFilter {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
}

export interface ExposuresReport {
  readonly asOfPosition: number;
  /** Null: all days. */
  readonly validAt: Day | null;
  readonly items: readonly ExposureItem[];
  readonly net: readonly NetExposure[];
}

/** Who owes whom how many units of which SKU. `db` decides what is seen, as for `positionsReport`. Throws ReadModelBehind. */
export async function exposuresReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, ...filter }: ExposuresQuery = {},
): Promise<ExposuresReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const { items, net } = await selectExposures(db, { generation, ledger, asOfPosition: position }, filter);
  return { asOfPosition: position, validAt: filter.validAt ?? null, items, net };
}
