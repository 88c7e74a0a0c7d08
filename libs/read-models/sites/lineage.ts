import { usableUnitsOn, type CapacityChange } from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import type { Contribution } from '../lineage/rows.ts';
import type { LineageSubject } from '../lineage/subject.ts';
import { siteBooks, withFact, type RecordedFact } from './books.ts';
import { idleUnitDays } from './idleness.ts';
import type { LoadBucket, LoadMoment } from './load.ts';

/**
 * What each event adds to a site's load, headroom or idleness, in the order of positions. Of a figure that is no sum of units, such as
 * what is usable, it is the difference that the event made when it was recorded; the differences of all make the figure.
 */
export async function siteContributions(
  db: Queryable,
  moment: LoadMoment,
  companyIds: readonly Id[] | null,
  { report, figure, siteId = '', day = '', until = '' }: LineageSubject,
): Promise<readonly Contribution[]> {
  const [book] = await siteBooks(db, moment, { companyIds, siteId });
  if (book === undefined) return [];
  const units = await selectUnits(db, moment, siteId);
  if (report === 'idleness') return idleContributions(book.facts, units, until);
  const loads = units.filter(({ dueOn }) => dueOn === null || dueOn <= day);
  switch (figure) {
    case 'usableUnits':
      return usableContributions(book.facts, day);
    case 'headroom':
      return added([...usableContributions(book.facts, day), ...loads.map((each) => contribution(each, -1n))]);
    default:
      return added(loads.filter(({ bucket }) => FIGURES[bucket] === figure).map((each) => contribution(each, 1n)));
  }
}

const FIGURES: Readonly<Record<LoadBucket, string>> = {
  open: 'inbound',
  inTransit: 'inbound',
  atDock: 'atDock',
  accepted: 'standing',
};

export interface RecordedUnits {
  readonly position: number;
  readonly effectiveAt: Day;
  readonly bucket: LoadBucket;
  readonly dueOn: Day | null;
  readonly units: string;
}

function contribution({ position, effectiveAt, units }: RecordedUnits, sign: bigint): Contribution {
  return { position, effectiveAt, amount: sign * BigInt(units) };
}

/** One an event, none of them zero. */
function added(contributions: readonly Contribution[]): readonly Contribution[] {
  const sums = new Map<number, Contribution>();
  for (const each of contributions) {
    sums.set(each.position, { ...each, amount: each.amount + (sums.get(each.position)?.amount ?? 0n) });
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0n).toSorted((a, b) => a.position - b.position);
}

function usableContributions(facts: readonly RecordedFact[], day: Day): readonly Contribution[] {
  let capacity: readonly CapacityChange[] = [];
  return added(
    facts.map((fact) => {
      const before = usableUnitsOn(capacity, day);
      capacity = withFact(capacity, fact);
      const amount = BigInt(usableUnitsOn(capacity, day) - before);
      return { position: fact.position, effectiveAt: fact.effectiveOn, amount };
    }),
  );
}

function idleContributions(
  facts: readonly RecordedFact[],
  units: readonly RecordedUnits[],
  until: Day,
): readonly Contribution[] {
  const standing = new Map<Day, bigint>();
  const kind = facts.find((fact) => fact.kind !== null)?.kind ?? 'warehouse';
  let capacity: readonly CapacityChange[] = [];
  let before = 0n;
  const difference = (position: number, effectiveAt: Day): Contribution => {
    const moved = [...standing].map(([day, each]) => ({ day, units: String(each) }));
    const after = idleUnitDays({ kind, capacity }, moved, until);
    const amount = after - before;
    before = after;
    return { position, effectiveAt, amount };
  };
  const accepted = units.filter(({ bucket }) => bucket === 'accepted');
  const steps = [...facts, ...accepted].toSorted((a, b) => a.position - b.position);
  return added(
    steps.map((step) => {
      if ('fact' in step) {
        capacity = withFact(capacity, step);
        return difference(step.position, step.effectiveOn);
      }
      standing.set(step.effectiveAt, (standing.get(step.effectiveAt) ?? 0n) + BigInt(step.units));
      return difference(step.position, step.effectiveAt);
    }),
  );
}

/** What came to load a site or left it, in order. */
export async function selectUnits(
  db: Queryable,
  { generation, ledger, asOfPosition, validAt }: LoadMoment,
  siteId: Id,
): Promise<readonly RecordedUnits[]> {
  const asked = [generation, ledger, asOfPosition, validAt, siteId];
  const { rows } = await db.query<Omit<RecordedUnits, 'position'> & { position: string }>(SELECT_UNITS, asked);
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

const SELECT_UNITS = `
  select position, effective_on::text as "effectiveAt", bucket, due_on::text as "dueOn", sum(quantity)::text as units
  from read.position_contributions
  where generation = $1 and ledger = $2 and position <= $3
    and ($4::date is null or effective_on <= $4::date)
    and site_id = $5 and bucket in ('open', 'inTransit', 'atDock', 'accepted')
  group by position, effective_on, bucket, due_on
  order by position`;
