import type { Queryable } from '#libs/event-store';
import { exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { siteContributions } from '../sites/lineage.ts';
import { claimRows, rowsOf } from './figures.ts';
import { selectContributions, type ContributionPage, type LineageMoment } from './rows.ts';
import type { LineageSubject } from './subject.ts';

export interface LineageQuery {
  readonly subject: LineageSubject;
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  readonly validAt?: Day | null | undefined;
  /** Whose sites may be asked about; null: all. */
  readonly companyIds: readonly Id[] | null;
  /** Events after this position; 0 when absent. */
  readonly afterPosition?: number | undefined;
  /** Events at most; 500 when absent. */
  readonly limit?: number | undefined;
}

/** What an event adds to a figure; fewer when negative. */
export interface LineageItem {
  readonly position: number;
  readonly effectiveAt: Day;
  readonly amount: ExactInteger;
}

export interface LineageReport {
  readonly asOfPosition: number;
  readonly validAt: Day | null;
  /** The figure: the sum over all events, those of other pages too. */
  readonly total: ExactInteger;
  readonly items: readonly LineageItem[];
  readonly hasMore: boolean;
}

/**
 * The events that a figure of a report comes of, each with what it adds: their sum is the figure. `subject` is one without
 * `lineageFaults`; `db` decides what is seen, as for `positionsReport`. Throws ReadModelBehind.
 */
export async function lineageReport(db: Queryable, ledger: Id, query: LineageQuery): Promise<LineageReport> {
  const { afterPosition: after = 0, limit = 500 } = query;
  const { generation, position } = await resolveAsOf(db, ledger, query.asOfPosition);
  const validAt = query.validAt ?? null;
  const moment = { generation, ledger, asOfPosition: position, validAt };
  const { total, items } = await contributions(db, moment, query, { after, limit });
  return {
    asOfPosition: position,
    validAt,
    total: exactInteger(String(total)),
    items: items.slice(0, limit).map((each) => ({ ...each, amount: exactInteger(String(each.amount)) })),
    hasMore: items.length > limit,
  };
}

const NOTHING: ContributionPage = { total: 0n, items: [] };

async function contributions(
  db: Queryable,
  moment: LineageMoment,
  { subject, companyIds }: LineageQuery,
  page: { readonly after: number; readonly limit: number },
): Promise<ContributionPage> {
  if (subject.report === 'site-load' || subject.report === 'idleness') {
    const all = await siteContributions(db, moment, companyIds, subject);
    const total = all.reduce((sum, { amount }) => sum + amount, 0n);
    return { total, items: all.filter(({ position }) => position > page.after).slice(0, page.limit + 1) };
  }
  if (subject.report !== 'claims') return selectContributions(db, moment, rowsOf(subject), page);
  const rows = await claimRows(db, moment, subject);
  return rows === null ? NOTHING : selectContributions(db, { ...moment, validAt: rows.validAt }, rows, page);
}
