import { exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { frontierOn } from '../sites/books.ts';
import type { Comparison, Difference, DifferenceFilter, Eyes, FigureKey, Side, Value } from './comparison.ts';
import { differencesOf } from './differences.ts';
import { explained } from './explain.ts';
import { figuresOf } from './figures.ts';
import { partiesOf } from './redirections.ts';
import { summariesOf, type CompanySummary } from './summary.ts';
import { wordsOf } from './words.ts';

export interface DifferenceQuery extends DifferenceFilter {
  readonly before: { readonly ledger: Id; readonly position: number | null };
  readonly after: { readonly ledger: Id; readonly position: number | null };
  /** Of two ledgers: the last position that both share. Absent: it is one ledger. */
  readonly forkPosition?: number | undefined;
  readonly validAt?: Day | null | undefined;
  /** Absent: the latest day that anything common was effective on. */
  readonly headroomFrom?: Day | undefined;
  /** Absent: the latest day that anything was effective on, on either side. */
  readonly idleUntil?: Day | undefined;
  /** Items before the page. */
  readonly skip?: number | undefined;
  /** Items at most; 500 when absent. */
  readonly limit?: number | undefined;
}

/** A figure, or a fact, that differs; what does not name it is null. */
export interface DifferenceItem extends Readonly<
  Record<Exclude<keyof FigureKey, 'report' | 'figure' | 'leg'>, string | null>
> {
  readonly report: FigureKey['report'];
  readonly figure: string;
  readonly leg: number | null;
  readonly before: ExactInteger | null;
  readonly after: ExactInteger | null;
  /** Days of dates; null of other facts. */
  readonly delta: ExactInteger | null;
  readonly words: string;
  readonly events: readonly { readonly ledger: Id; readonly position: number; readonly amount: ExactInteger | null }[];
  /** What events add that are not among these: beyond the most that are told, or of rows that who asks does not see. */
  readonly otherAmount: ExactInteger | null;
  /** Whether more events than these made the difference. */
  readonly hasMoreEvents: boolean;
}

export interface DifferenceReport {
  readonly fromPosition: number;
  readonly asOfPosition: number;
  readonly validAt: Day | null;
  readonly headroomFrom: Day | null;
  readonly idleUntil: Day | null;
  /** Of all items, those of other pages too. */
  readonly summaries: readonly CompanySummary[];
  readonly items: readonly DifferenceItem[];
  readonly hasMore: boolean;
}

/**
 * What differs between two moments of a ledger, or between two ledgers that share their beginning: in words by company, then every figure
 * with the events that explain it. `before` is not later than `after` in the same ledger. Throws ReadModelBehind.
 */
export async function differenceReport(eyes: Eyes, query: DifferenceQuery): Promise<DifferenceReport> {
  const { skip = 0, limit = 500 } = query;
  const comparison = await comparisonOf(eyes, query);
  const { before, after, validAt, headroomFrom, idleUntil } = comparison;
  const parties = new Map([...(await partiesOf(eyes.own, before)), ...(await partiesOf(eyes.own, after))]);
  const all = differencesOf(await figuresOf(eyes, before, comparison), await figuresOf(eyes, after, comparison)).map(
    (each) => concerning(each, parties),
  );
  const items: DifferenceItem[] = [];
  for (const difference of all.slice(skip, skip + limit)) items.push(await itemOf(eyes, comparison, difference));
  return {
    fromPosition: before.asOfPosition,
    asOfPosition: after.asOfPosition,
    ...{ validAt, headroomFrom, idleUntil },
    summaries: summariesOf(all, comparison, eyes.companyIds),
    items,
    hasMore: all.length > skip + limit,
  };
}

async function comparisonOf({ own, whole }: Eyes, query: DifferenceQuery): Promise<Comparison> {
  const { companyId, skuId, siteId, headroomFrom, idleUntil } = query;
  const before = await sideOf(own, query.before);
  const after = await sideOf(own, query.after);
  const { forkPosition = before.asOfPosition } = query;
  const commonPosition = Math.min(forkPosition, before.asOfPosition, after.asOfPosition);
  const ends = [await frontierOn(whole, before), await frontierOn(whole, after)].filter((day) => day !== null);
  const common = await frontierOn(whole, { ...before, asOfPosition: commonPosition });
  return {
    ...{ before, after, commonPosition },
    validAt: query.validAt ?? null,
    filter: { companyId, skuId, siteId },
    headroomFrom: headroomFrom ?? common ?? ends.toSorted()[0] ?? null,
    idleUntil: idleUntil ?? ends.toSorted().at(-1) ?? null,
  };
}

async function sideOf(db: Eyes['own'], { ledger, position }: DifferenceQuery['before']): Promise<Side> {
  const asOf = await resolveAsOf(db, ledger, position);
  return { ledger, generation: asOf.generation, asOfPosition: asOf.position };
}

function concerning(difference: Difference, parties: ReadonlyMap<Id, readonly Id[]>): Difference {
  const { redirectionId } = difference.key;
  return redirectionId === undefined ? difference : { ...difference, concerns: parties.get(redirectionId) ?? [] };
}

async function itemOf(eyes: Eyes, comparison: Comparison, difference: Difference): Promise<DifferenceItem> {
  const { key, companyId, before, after, delta } = difference;
  const { events, isWhole } = await explained(eyes, comparison, difference);
  const sum = events.reduce((all, { amount }) => all + (amount ?? 0n), 0n);
  return {
    companyId,
    report: key.report,
    figure: key.figure,
    skuId: key.skuId ?? null,
    siteId: key.siteId ?? null,
    debtorId: key.debtorId ?? null,
    creditorId: key.creditorId ?? null,
    cause: key.cause ?? null,
    lineId: key.lineId ?? null,
    redirectionId: key.redirectionId ?? null,
    leg: key.leg ?? null,
    before: toldValue(before),
    after: toldValue(after),
    delta: toldValue(delta),
    words: wordsOf(difference, comparison),
    events: events.map(({ amount, ...event }) => ({ ...event, amount: toldValue(amount) })),
    otherAmount: delta === null ? null : exactInteger(String(delta - sum)),
    hasMoreEvents: !isWhole,
  };
}

function toldValue(value: Value): ExactInteger | null {
  return typeof value === 'bigint' ? exactInteger(String(value)) : value;
}
