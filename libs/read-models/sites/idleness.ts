import { usableUnitsOn, type Site } from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import { daysBetween, exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { bySite, type SiteFilter } from './books.ts';
import { opened } from './report.ts';

export interface IdlenessQuery extends SiteFilter {
  readonly asOfPosition?: number | null | undefined;
  /** The first day not counted; absent: the latest that anything was effective on. */
  readonly until?: Day | undefined;
}

export interface IdlenessItem {
  readonly siteId: Id;
  readonly companyId: Id;
  /** Units standing at a warehouse, or above usable at a datacenter, times the days that they stood so. */
  readonly unitDays: ExactInteger;
}

export interface IdlenessReport {
  readonly asOfPosition: number;
  readonly until: Day | null;
  readonly items: readonly IdlenessItem[];
}

/** Unit-days that units stood idle before `until`, by the days on which they stood and by what is known. Throws ReadModelBehind. */
export async function idlenessReport(db: Queryable, ledger: Id, query: IdlenessQuery): Promise<IdlenessReport> {
  const { until: wanted, ...rest } = query;
  const { moment, books, from: until } = await opened(db, ledger, { ...rest, from: wanted });
  const { generation, asOfPosition } = moment;
  const { rows } = await db.query<Standing>(SELECT_STANDING, [generation, ledger, asOfPosition, query.siteId ?? null]);
  const standing = bySite(rows);
  const items = books.map(({ site }) => {
    const unitDays = until === null ? 0n : idleUnitDays(site, standing.get(site.siteId) ?? [], until);
    return { siteId: site.siteId, companyId: site.companyId, unitDays: exactInteger(String(unitDays)) };
  });
  return { asOfPosition, until, items };
}

/** Units that came to stand at a site on a day; fewer when negative. */
interface Standing {
  readonly siteId: Id;
  readonly day: Day;
  readonly units: string;
}

/** Unit-days idle before `until`, of the site's capacity and what moved on each day, once a day. Between two such days everything stays as it is. */
export function idleUnitDays(
  site: Pick<Site, 'kind' | 'capacity'>,
  standing: readonly Omit<Standing, 'siteId'>[],
  until: Day,
): bigint {
  const moved = new Map(standing.map(({ day, units }) => [day, Number(units)]));
  const days = [...new Set([...moved.keys(), ...site.capacity.map(({ from }) => from)])].toSorted();
  const counted = days.filter((day) => day < until);
  let standingUnits = 0;
  let sum = 0n;
  for (const [index, day] of counted.entries()) {
    standingUnits += moved.get(day) ?? 0;
    const taken = site.kind === 'warehouse' ? 0 : usableUnitsOn(site.capacity, day);
    const idleUnits = Math.max(0, standingUnits - taken);
    sum += BigInt(idleUnits) * BigInt(daysBetween(day, counted[index + 1] ?? until));
  }
  return sum;
}

const SELECT_STANDING = `
  select site_id as "siteId", effective_on::text as day, sum(quantity) as units
  from read.position_contributions
  where generation = $1 and ledger = $2 and position <= $3
    and bucket = 'accepted' and site_id is not null and ($4::text is null or site_id = $4)
  group by site_id, effective_on`;
