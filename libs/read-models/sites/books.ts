import {
  addUnits,
  noUnits,
  stepsOf,
  withChange,
  withoutLater,
  type CapacityChange,
  type Site,
  type UnitSeries,
} from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import { dayNumber, type Day, type Id } from '#libs/kernel';
import { selectSiteUnits, type LoadMoment, type SiteUnits } from './load.ts';
import type { SiteFact } from './table.ts';

/** Which sites: of these companies, or null for all; one of them. */
export interface SiteFilter {
  readonly companyIds: readonly Id[] | null;
  readonly companyId?: Id | undefined;
  readonly siteId?: Id | undefined;
}

/** A site as the capacity gate sees it, and what was recorded of it, in order. */
export interface SiteBook {
  readonly site: Site;
  readonly facts: readonly RecordedFact[];
}

export type RecordedFact = SiteFact & { readonly position: number; readonly effectiveOn: Day };

/** The sites as of a moment, in order of id, with all that loads them, whosever it is: a load is shown whole or not at all. */
export async function siteBooks(db: Queryable, moment: LoadMoment, filter: SiteFilter): Promise<readonly SiteBook[]> {
  const facts = await selectFacts(db, moment, filter);
  if (facts.length === 0) return [];
  const units = bySite(await selectSiteUnits(db, moment, filter.siteId));
  return [...bySite(facts)].map(([siteId, ofSite]) => ({
    site: { ...founded(ofSite), ...loaded(units.get(siteId) ?? []) },
    facts: ofSite,
  }));
}

/** Rows of each site, in the order given. */
export function bySite<Row extends { readonly siteId: Id }>(rows: readonly Row[]): Map<Id, Row[]> {
  const groups = new Map<Id, Row[]>();
  for (const row of rows) {
    const ofSite = groups.get(row.siteId);
    if (ofSite === undefined) groups.set(row.siteId, [row]);
    else ofSite.push(row);
  }
  return groups;
}

type Founded = Omit<Site, 'standingUnits' | 'dockUnits' | 'inbound'>;

function founded(facts: readonly RecordedFact[]): Founded {
  const [first] = facts;
  const { siteId = '', companyId = '', kind, designUnits, fromOn = '' } = first ?? {};
  const capacity = facts.reduce(withFact, []);
  return {
    siteId,
    companyId,
    kind: kind ?? 'warehouse',
    designUnits: designUnits ?? 0,
    capacity,
    usable: stepsOf(capacity),
    allowedOverload: facts.reduce(withOverload, noUnits),
    lastEffectiveAt: fromOn,
  };
}

/** `capacity` after a fact that says something of it. */
export function withFact(capacity: readonly CapacityChange[], { fact, fromOn: from, usableUnits }: RecordedFact) {
  if (usableUnits === null) return capacity;
  return fact === 'reduced'
    ? withoutLater(capacity, { from, usableUnits })
    : withChange(capacity, { from, usableUnits });
}

function withOverload(series: UnitSeries, { fromOn, untilOn, overloadUnits }: RecordedFact): UnitSeries {
  if (overloadUnits === null || untilOn === null) return series;
  return addUnits(addUnits(series, dayNumber(fromOn), overloadUnits), dayNumber(untilOn) + 1, -overloadUnits);
}

function loaded(units: readonly SiteUnits[]): Pick<Site, 'standingUnits' | 'dockUnits' | 'inbound'> {
  const sumOf = (bucket: SiteUnits['bucket']) =>
    units.reduce((sum, each) => (each.bucket === bucket ? sum + each.units : sum), 0);
  const inbound = units.reduce(
    (series, { dueOn, units: more }) => (dueOn === null ? series : addUnits(series, dayNumber(dueOn), more)),
    noUnits,
  );
  return { standingUnits: sumOf('accepted'), dockUnits: sumOf('atDock'), inbound };
}

interface FactColumns extends Omit<RecordedFact, 'position' | 'designUnits' | 'usableUnits' | 'overloadUnits'> {
  readonly position: string;
  readonly designUnits: string | null;
  readonly usableUnits: string | null;
  readonly overloadUnits: string | null;
}

async function selectFacts(
  db: Queryable,
  { generation, ledger, asOfPosition, validAt }: LoadMoment,
  { companyIds, companyId, siteId }: SiteFilter,
): Promise<readonly RecordedFact[]> {
  const { rows } = await db.query<FactColumns>(SELECT_FACTS, [
    generation,
    ledger,
    asOfPosition,
    validAt,
    companyIds,
    companyId ?? null,
    siteId ?? null,
  ]);
  return rows.map((row) => ({
    ...row,
    position: Number(row.position),
    designUnits: unitsOf(row.designUnits),
    usableUnits: unitsOf(row.usableUnits),
    overloadUnits: unitsOf(row.overloadUnits),
  }));
}

function unitsOf(digits: string | null): number | null {
  return digits === null ? null : Number(digits);
}

const SELECT_FACTS = `
  select position, effective_on::text as "effectiveOn", site_id as "siteId", company_id as "companyId", fact, kind, design_units as "designUnits",
         usable_units as "usableUnits", from_on::text as "fromOn", override_id as "overrideId", overload_units as "overloadUnits",
         until_on::text as "untilOn"
  from read.site_facts
  where generation = $1 and ledger = $2 and position <= $3
    and ($4::date is null or effective_on <= $4::date)
    and ($5::text[] is null or company_id = any ($5))
    and ($6::text is null or company_id = $6)
    and ($7::text is null or site_id = $7)
  order by site_id, position, seq`;

/** The latest effective day up to a position; null before the first. */
export async function frontierOn(
  db: Queryable,
  { generation, ledger, asOfPosition }: Omit<LoadMoment, 'validAt'>,
): Promise<Day | null> {
  const { rows } = await db.query<{ day: Day | null }>(
    `select greatest(
       (select frontier_on from read.position_contributions
        where generation = $1 and ledger = $2 and position <= $3 order by position desc limit 1),
       (select max(effective_on) from read.site_facts where generation = $1 and ledger = $2 and position <= $3)
     )::text as day`,
    [generation, ledger, asOfPosition],
  );
  return rows[0]?.day ?? null;
}
