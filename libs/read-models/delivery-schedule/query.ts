import type { Queryable } from '#libs/event-store';
import { daysBetween, type Day, type Id } from '#libs/kernel';
import type { Line, LineId } from './line.ts';
import { lineOf, VERSION_COLUMNS, type VersionColumns } from './version-row.ts';

export interface ScheduleItem extends Line {
  readonly lineId: LineId;
  /** Days from the first promise (the requested date where there is none) to the actual or expected date; positive is later. */
  readonly slipDays: number;
}

export interface ScheduleFilter {
  readonly validAt?: Day | null | undefined;
  /** The entitled company. */
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
  readonly siteId?: Id | undefined;
  /** Lines after this one, in the order of their ids. */
  readonly afterLineId?: LineId | undefined;
  /** Lines at most. */
  readonly limit: number;
}

/** The lines as of `asOfPosition` and `validAt`, in the order of their ids. */
export async function selectSchedule(
  db: Queryable,
  generation: number,
  ledger: Id,
  asOfPosition: number,
  { validAt, companyId, skuId, siteId, afterLineId, limit }: ScheduleFilter,
): Promise<readonly ScheduleItem[]> {
  const { rows } = await db.query<VersionColumns>(SELECT_SCHEDULE, [
    generation,
    ledger,
    asOfPosition,
    validAt ?? null,
    companyId ?? null,
    skuId ?? null,
    siteId ?? null,
    afterLineId ?? '',
    limit,
  ]);
  return rows.map(itemOf);
}

// Filters come after the newest version is found: an older one that fits says nothing.
const SELECT_SCHEDULE = `
  with newest as (
    select distinct on (line_id) *
    from read.delivery_versions
    where generation = $1 and ledger = $2 and line_id > $8
      and position <= $3
      and ($4::date is null or effective_on <= $4)
    order by line_id, effective_on desc, position desc, withdrawn
  )
  select ${VERSION_COLUMNS}
  from newest
  where not withdrawn
    and ($5::text is null or company_id = $5)
    and ($6::text is null or sku_id = $6)
    and ($7::text is null or site_id = $7)
  order by line_id
  limit $9`;

function itemOf(row: VersionColumns): ScheduleItem {
  const line = lineOf(row);
  const due = line.firstPromisedDate ?? line.requestedDate;
  return { lineId: row.line_id, ...line, slipDays: daysBetween(due, line.actualDate ?? line.expectedDate) };
}
