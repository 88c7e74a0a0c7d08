import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { ledgerProgress } from '#libs/read-models';
import { edgeProblem } from '../problem/problem.ts';
import type { Control, ControlItem, ControlsFilter } from './control-item.ts';
import { crossCompanyReads, lastRead } from './cross-company-reads.ts';
import { overloads, withUse, type OverloadItem } from './overload-uses.ts';
import { lastRefusal, refusals } from './refusals.ts';

export interface ControlsReport {
  readonly asOfPosition: number;
  readonly validAt: null;
  /** Of the log of reads: those up to this one are counted. */
  readonly accessPosition: number;
  readonly items: readonly ControlItem[];
  readonly hasMore: boolean;
}

export interface ControlsQuery extends ControlsFilter {
  /** Null: where the read models stand. */
  readonly asOfPosition: number | null;
  /** Refusals decided on heads up to this one; absent: every one so far. Before the position of a report they never change. */
  readonly decidedUpTo?: number | undefined;
  /** Absent: every read so far. */
  readonly accessPosition?: number | undefined;
  /** The {@link keyOf} the last item of the page before. */
  readonly afterKey?: string | undefined;
  readonly limit?: number | undefined;
}

/** What controls refused, allowed and recorded in a ledger, and up to where it was looked. `db`: signed in as waybill_auditor. */
export async function controlsReport(
  db: Queryable,
  ledger: Id,
  { afterKey, limit = 500, ...query }: ControlsQuery,
): Promise<ControlsReport & { readonly decidedUpTo: number }> {
  const asOfPosition = query.asOfPosition ?? (await ledgerProgress(db, ledger)).position;
  const decidedUpTo = query.decidedUpTo ?? (await lastRefusal(db, ledger));
  const accessPosition = query.accessPosition ?? (await lastRead(db, ledger));
  const all = await everyItem(db, ledger, { ...query, asOfPosition, decidedUpTo, accessPosition });
  const start = afterKey === undefined ? 0 : placeAfter(all, afterKey);
  const page = all.slice(start, start + limit);
  const items: ControlItem[] = [];
  for (const item of page) items.push('overload' in item ? await withUse(db, ledger, asOfPosition, item) : item);
  return { asOfPosition, validAt: null, accessPosition, decidedUpTo, items, hasMore: all.length > start + limit };
}

/** What no other item of the report has. */
export function keyOf({ control, subject, command, actor }: ControlItem): string {
  return JSON.stringify([control, subject, command, actor]);
}

/** Rows only come: the one that the page before ended with is still there. */
function placeAfter(items: readonly ControlItem[], key: string): number {
  const place = items.findIndex((item) => keyOf(item) === key);
  if (place < 0) throw edgeProblem('CURSOR_INVALID');
  return place + 1;
}

type Pinned = ControlsFilter & Readonly<Record<'asOfPosition' | 'decidedUpTo' | 'accessPosition', number>>;

/** In an order that lasts: refusals by code, overloads as they were allowed, reads by route. A filter for what a kind has not leaves it out. */
async function everyItem(
  db: Queryable,
  ledger: Id,
  { asOfPosition, decidedUpTo, accessPosition, ...filter }: Pinned,
): Promise<readonly (ControlItem | OverloadItem)[]> {
  const { control, code, command, actor } = filter;
  const isWanted = (...kinds: readonly Control[]) => control === undefined || kinds.includes(control);
  const refused = isWanted('selfApproval', 'rejection') ? await refusals(db, ledger, decidedUpTo, filter) : [];
  const hasOverloads =
    isWanted('overload') && (code ?? actor) === undefined && (command ?? OVERLOADING) === OVERLOADING;
  const hasReads = isWanted('crossCompanyRead') && (code ?? command) === undefined;
  return [
    ...refused.filter((item) => isWanted(item.control)),
    ...(hasOverloads ? await overloads(db, ledger, asOfPosition, filter) : []),
    ...(hasReads ? await crossCompanyReads(db, ledger, accessPosition, filter) : []),
  ];
}

const OVERLOADING = 'AllowOverload';
