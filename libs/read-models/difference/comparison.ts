import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import type { LineStatus } from '../delivery-schedule/line.ts';

/** One of two sets of books that are compared: a ledger as known at a position. */
export interface Side {
  readonly ledger: Id;
  readonly generation: number;
  readonly asOfPosition: number;
}

export interface Comparison {
  readonly before: Side;
  readonly after: Side;
  /** Both sides have the same events up to here: only later ones can explain a difference. */
  readonly commonPosition: number;
  readonly validAt: Day | null;
  readonly filter: DifferenceFilter;
  /** From which day on both sides' headroom is the least; null: no event yet. */
  readonly headroomFrom: Day | null;
  /** The first day not counted of idleness, on both sides; null: no event yet. */
  readonly idleUntil: Day | null;
}

export interface DifferenceFilter {
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
  readonly siteId?: Id | undefined;
}

/** Who looks: at rows that name their companies, and at the sites of those companies, whose load is of all. */
export interface Eyes {
  readonly own: Queryable;
  readonly whole: Queryable;
  /** Null: everything. */
  readonly companyIds: readonly Id[] | null;
}

/** The reports whose figures are compared, in the order in which they are told. */
export const COMPARED = [
  ...(['exposures', 'redirections', 'delivery-schedule', 'positions', 'slippage', 'funds'] as const),
  ...(['breaches', 'headroom', 'idleness'] as const),
] as const;

/** What names a figure in both sets of books. */
export interface FigureKey {
  readonly report: (typeof COMPARED)[number];
  readonly figure: string;
  readonly companyId?: Id;
  readonly skuId?: Id;
  readonly siteId?: Id;
  readonly debtorId?: Id;
  readonly creditorId?: Id;
  readonly cause?: string;
  readonly lineId?: string;
  readonly redirectionId?: Id;
  readonly leg?: number;
}

/** A figure (bigint; 0 where there is none), or a fact as text (null where there is none). */
export type Value = bigint | string | null;

export interface Figure {
  readonly key: FigureKey;
  /** Whose it is on its side; null: of several companies. */
  readonly companyId: Id | null;
  readonly value: Value;
  /** What the line counts on its side, and its status. */
  readonly line?: LineUnits;
}

export interface LineUnits {
  readonly quantity: number;
  readonly status: LineStatus;
}

export interface Difference {
  readonly key: FigureKey;
  readonly companyId: Id | null;
  /** Of a line that has another company on the other side, that one too; of a redirection, its companies. */
  readonly concerns: readonly Id[];
  readonly before: Value;
  readonly after: Value;
  /** Units, cents, unit-days; days between two dates. Null of other facts. */
  readonly delta: bigint | null;
  readonly line?: LineUnits | undefined;
}
