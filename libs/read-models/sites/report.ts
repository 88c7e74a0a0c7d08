import { headroomUnits, LoadWalk, type Site } from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import { addDays, dayNumber, dayOfNumber, daysBetween, type Day, type Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { frontierOn, siteBooks, type SiteBook, type SiteFilter } from './books.ts';

export interface SitesQuery extends SiteFilter {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  readonly validAt?: Day | null | undefined;
  /** The first day looked at; absent: the latest that anything was effective on. */
  readonly from?: Day | undefined;
}

export interface SiteLoadQuery extends SitesQuery {
  /** The last day, inclusive; absent: 30 days after the first. */
  readonly to?: Day | undefined;
}

export interface SitesReport<Item> {
  readonly asOfPosition: number;
  readonly validAt: Day | null;
  readonly from: Day | null;
  readonly items: readonly Item[];
}

export interface HeadroomItem {
  readonly siteId: Id;
  readonly companyId: Id;
  /** The least over the days from `from` on that carry load, what is usable on `from` when none does; below zero is a breach. */
  readonly headroom: number;
}

/** Headroom of every site, as the capacity gate counts it. Throws ReadModelBehind. */
export async function headroomReport(db: Queryable, ledger: Id, query: SitesQuery): Promise<SitesReport<HeadroomItem>> {
  const { report, books, from } = await opened(db, ledger, query);
  const items = books.map(({ site }) => ({
    siteId: site.siteId,
    companyId: site.companyId,
    headroom: from === null ? 0 : headroomUnits(site, from),
  }));
  return { ...report, items };
}

export interface SiteLoadItem {
  readonly siteId: Id;
  readonly day: Day;
  readonly usableUnits: number;
  readonly standing: number;
  readonly atDock: number;
  /** Open and on the way, expected by the day. */
  readonly inbound: number;
  readonly headroom: number;
}

/** Usable and loaded units day by day, by the books as they stand at the position asked for. Throws ReadModelBehind. */
export async function siteLoadReport(
  db: Queryable,
  ledger: Id,
  query: SiteLoadQuery,
): Promise<SitesReport<SiteLoadItem> & { readonly to: Day | null }> {
  const { report, books, from } = await opened(db, ledger, query);
  if (from === null) return { ...report, to: null, items: [] };
  const to = query.to ?? addDays(from, DAYS_SHOWN);
  return { ...report, to, items: books.flatMap(({ site }) => [...daysOf(site, from, to)]) };
}

const DAYS_SHOWN = 30;

function* daysOf(site: Site, from: Day, to: Day): Generator<SiteLoadItem> {
  const { siteId, standingUnits: standing, dockUnits: atDock } = site;
  const first = dayNumber(from);
  const walk = new LoadWalk(site, first);
  const length = daysBetween(from, to) + 1;
  const until = (day: number) => Math.min(day, first + length);
  for (let day = first; day < first + length;) {
    const { usableUnits, headroomUnits: headroom, loadUnits } = walk;
    const figures = { usableUnits, standing, atDock, inbound: loadUnits - standing - atDock, headroom };
    const next = walk.next() ? until(walk.day) : first + length;
    for (; day < next; day++) yield { siteId, day: dayOfNumber(day), ...figures };
  }
}

export async function opened(db: Queryable, ledger: Id, query: SitesQuery): Promise<OpenedSites> {
  const { generation, position } = await resolveAsOf(db, ledger, query.asOfPosition);
  const validAt = query.validAt ?? null;
  const moment = { generation, ledger, asOfPosition: position, validAt };
  const books = await siteBooks(db, moment, query);
  const from = query.from ?? (await frontierOn(db, moment));
  return { moment, books, from, report: { asOfPosition: position, validAt, from } };
}

interface OpenedSites {
  readonly moment: {
    readonly generation: number;
    readonly ledger: Id;
    readonly asOfPosition: number;
    readonly validAt: Day | null;
  };
  readonly books: readonly SiteBook[];
  readonly from: Day | null;
  readonly report: { readonly asOfPosition: number; readonly validAt: Day | null; readonly from: Day | null };
}
