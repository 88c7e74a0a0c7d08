import { LoadWalk, type Site } from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import { dayNumber, dayOfNumber, type Day, type Id } from '#libs/kernel';
import type { RecordedFact, SiteBook } from './books.ts';
import { opened, type SitesQuery, type SitesReport } from './report.ts';

/** An event that made a breach: units that it put on the site or took from what is usable. */
export interface BreachCause {
  readonly position: number;
  readonly units: number;
}

export interface BreachItem {
  readonly siteId: Id;
  readonly companyId: Id;
  /** Units above usable on the worst day. */
  readonly units: number;
  /** The first day with units above usable. */
  readonly from: Day;
  readonly worstDay: Day;
  /** Units above usable that are tolerated on the worst day. */
  readonly allowedOverload: number;
  /**
   * The reduction of capacity in force on the worst day, and of the events that put units on the site by it, the latest
   * recorded, as many as add up to the breach; by position.
   */
  readonly causedBy: readonly BreachCause[];
}

/** Sites with less than no headroom on some day from `from` on that carries load. Throws ReadModelBehind. */
export async function breachesReport(db: Queryable, ledger: Id, query: SitesQuery): Promise<SitesReport<BreachItem>> {
  const { report, books, from, moment } = await opened(db, ledger, query);
  const items: BreachItem[] = [];
  for (const book of from === null ? [] : books) {
    const breach = breachOf(book.site, from ?? '');
    if (breach !== null) items.push({ ...breach, causedBy: await causesOf(db, moment, book, breach) });
  }
  return { ...report, items };
}

type Breach = Omit<BreachItem, 'causedBy'>;

function breachOf(site: Site, from: Day): Breach | null {
  const above = [...stopsOf(site, from)].filter(({ units }) => units > 0);
  const [first] = above;
  const worst = above.reduce<Stop | undefined>(
    (found, stop) => (found && found.units >= stop.units ? found : stop),
    first,
  );
  if (first === undefined || worst === undefined) return null;
  const { siteId, companyId } = site;
  return { siteId, companyId, from: first.worstDay, ...worst };
}

/** A day on which something changes, and the units above usable from it on. */
type Stop = Pick<Breach, 'worstDay' | 'units' | 'allowedOverload'>;

function* stopsOf(site: Site, from: Day): Generator<Stop> {
  const walk = new LoadWalk(site, dayNumber(from));
  do {
    const units = walk.loadUnits === 0 ? 0 : -walk.headroomUnits;
    yield { worstDay: dayOfNumber(walk.day), units, allowedOverload: walk.allowedOverloadUnits };
  } while (walk.next());
}

type Moment = Awaited<ReturnType<typeof opened>>['moment'];

async function causesOf(
  db: Queryable,
  moment: Moment,
  { facts }: SiteBook,
  { siteId, worstDay, units }: Breach,
): Promise<readonly BreachCause[]> {
  const causes: BreachCause[] = [];
  let sum = 0;
  for await (const arrival of arrivalsBy(db, moment, siteId, worstDay)) {
    causes.push(arrival);
    sum += arrival.units;
    if (sum >= units || causes.length === MOST_CAUSES) break;
  }
  return [...reductionOn(facts, worstDay), ...causes].toSorted((a, b) => a.position - b.position);
}

/** Events that put units on a site by a day, the latest recorded first: a few explain most breaches. */
async function* arrivalsBy(db: Queryable, moment: Moment, siteId: Id, day: Day): AsyncGenerator<BreachCause> {
  const { generation, ledger, asOfPosition, validAt } = moment;
  for (let before = asOfPosition + 1; ;) {
    const asked = [generation, ledger, before, validAt, siteId, day, ARRIVALS_READ];
    const { rows } = await db.query<{ position: string; units: string }>(SELECT_ARRIVALS, asked);
    const arrivals = rows.map((row) => ({ position: Number(row.position), units: Number(row.units) }));
    yield* arrivals;
    before = arrivals.at(-1)?.position ?? before;
    if (rows.length < ARRIVALS_READ) return;
  }
}

/** The notice whose capacity is in force on `day`, with what it took. */
function reductionOn(facts: readonly RecordedFact[], day: Day): readonly BreachCause[] {
  const inForce = facts.reduce<readonly RecordedFact[]>((changes, fact) => {
    if (fact.usableUnits === null) return changes;
    const stays = (each: RecordedFact) =>
      each.fromOn < fact.fromOn || (fact.fact !== 'reduced' && each.fromOn > fact.fromOn);
    return [...changes.filter(stays), fact].toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
  }, []);
  const latest = inForce.findLast(({ fromOn }) => fromOn <= day);
  if (latest?.fact !== 'reduced') return [];
  const before = facts.findLast(({ usableUnits, position }) => usableUnits !== null && position < latest.position);
  return [{ position: latest.position, units: (before?.usableUnits ?? 0) - (latest.usableUnits ?? 0) }];
}

const MOST_CAUSES = 1_000;
/** Events a statement. */
const ARRIVALS_READ = 50;

const SELECT_ARRIVALS = `
  select position, sum(quantity) as units
  from read.position_contributions
  where generation = $1 and ledger = $2 and position < $3
    and ($4::date is null or effective_on <= $4::date)
    and site_id = $5 and bucket in ('open', 'inTransit', 'atDock', 'accepted')
    and (due_on is null or due_on <= $6::date)
  group by position
  having sum(quantity) > 0
  order by position desc
  limit $7`;
