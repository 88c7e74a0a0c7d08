import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { type ControlItem, type Counted, counted, type ControlsFilter, spanMs } from './control-item.ts';

/** The newest place of the ledger's log of reads; 0 where nobody read. */
export async function lastRead(db: Queryable, ledger: Id): Promise<number> {
  const { rows } = await db.query<{ newest: string | null }>(SELECT_LAST, [ledger]);
  return Number(rows[0]?.newest ?? 0);
}

/** Who read across companies, by route, up to a place of the log. */
export async function crossCompanyReads(
  db: Queryable,
  ledger: Id,
  accessPosition: number,
  filter: ControlsFilter,
): Promise<readonly ControlItem[]> {
  const asked = [ledger, accessPosition, ...spanMs(filter), filter.actor ?? null];
  const { rows } = await db.query<Counted & { route: string }>(SELECT_READS, asked);
  return rows.map((row) => counted('crossCompanyRead', { ...row, subject: row.route }));
}

const SELECT_LAST = `
  select max(access_position) as newest
  from access.reads
  where ledger = $1`;

const SELECT_READS = `
  with reads as (
    select route, actor, floor(extract(epoch from read_at) * 1000)::bigint as read_at_ms
    from access.reads
    where ledger = $1 and access_position <= $2
  )
  select route, actor, count(*) as count, max(read_at_ms) as last
  from reads
  where read_at_ms >= $3 and read_at_ms < $4
    and ($5::text is null or actor::text = $5)
  group by route, actor
  order by route, actor`;
