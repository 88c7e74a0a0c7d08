import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { EFFECTIVE_PARTS } from '../positions/effective-parts.ts';
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
    BLOCK_LENGTH,
    siteId ?? null,
  ]);
  return rows.map(({ units, ...row }) => ({ ...row, units: Number(units) }));
}

const SELECT_SITE_UNITS = `
  ${EFFECTIVE_PARTS}
  select site_id as "siteId", bucket, due_on::text as "dueOn", sum(quantity) as units
  from parts
  where site_id is not null and ($6::text is null or site_id = $6)
    and bucket in ('open', 'inTransit', 'atDock', 'accepted')
  group by site_id, bucket, due_on
  having sum(quantity) <> 0`;
