import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { BLOCK_LENGTH } from '../positions/insert.ts';

/** Where the units that load a site are. */
export type LoadBucket = 'open' | 'inTransit' | 'atDock' | 'accepted';

/** Units of all companies that stand at a site, are at its dock, or are expected there on a day. */
export interface SiteUnits {
  readonly siteId: Id;
  readonly bucket: LoadBucket;
  readonly dueOn: Day | null;
  readonly units: number;
}

export interface LoadMoment {
  readonly generation: number;
  readonly ledger: Id;
  readonly asOfPosition: number;
  readonly validAt: Day | null;
}

/** What loads sites as of a position and a day; one site, or all. */
export async function selectSiteUnits(
  db: Queryable,
  { generation, ledger, asOfPosition, validAt }: LoadMoment,
  siteId: Id | undefined,
): Promise<readonly SiteUnits[]> {
  const { rows } = await db.query<Omit<SiteUnits, 'units'> & { units: string }>(SELECT_SITE_UNITS, [
    generation,
    ledger,
    asOfPosition,
    validAt,
    siteId ?? null,
    BLOCK_LENGTH,
  ]);
  return rows.map(({ units, ...row }) => ({ ...row, units: Number(units) }));
}

// The parts are those of the positions report.
const SELECT_SITE_UNITS = `
  with prefix as materialized (
    select case
      when $4::date is null then $3::bigint
      else least($3::bigint, coalesce((
        select position
        from read.position_contributions
        where generation = $1 and ledger = $2 and frontier_on <= $4::date
        order by frontier_on desc, position desc
        limit 1
      ), 0))
    end as position
  ),
  parts as (
    select site_id, bucket, due_on, quantity
    from read.position_blocks
    where generation = $1 and ledger = $2
      and block = (select position / $6::bigint from prefix)
    union all
    select site_id, bucket, due_on, quantity
    from read.position_contributions
    where generation = $1 and ledger = $2
      and position > (select position / $6::bigint * $6::bigint from prefix)
      and position <= (select position from prefix)
    union all
    select site_id, bucket, due_on, quantity
    from read.position_contributions
    where generation = $1 and ledger = $2
      and effective_on < frontier_on and effective_on <= $4::date
      and position > (select position from prefix) and position <= $3::bigint
  )
  select site_id as "siteId", bucket, due_on::text as "dueOn", sum(quantity) as units
  from parts
  where site_id is not null and ($5::text is null or site_id = $5)
    and bucket in ('open', 'inTransit', 'atDock', 'accepted')
  group by site_id, bucket, due_on
  having sum(quantity) <> 0`;
