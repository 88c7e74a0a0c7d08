import type { Queryable } from '#libs/event-store';
import { exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { ledgerFigures, type LedgerFigure } from './figures.ts';
import { selectClaims, type ClaimFilter } from './query.ts';
import type { ClaimRow } from './table.ts';

export interface ClaimsQuery extends Omit<ClaimFilter, 'limit'> {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  /** 500 when absent. */
  readonly limit?: number | undefined;
}

/** A public claim beside what the ledger says. Units, or cents of `spendCents`. */
export interface ClaimItem extends ClaimRow {
  /** Of `accepted` and `energised` on the day stated; of `supplyBy` and `spendCents` on all days. */
  readonly ledger: ExactInteger;
  /** What the ledger has above `high`, or lacks below `low` (negative); 0 between them. */
  readonly gap: ExactInteger;
  /** The figure as true on the day stated. */
  readonly atStatedOn: ExactInteger;
  /** The figure of all days. */
  readonly now: ExactInteger;
}

export interface ClaimsReport {
  readonly asOfPosition: number;
  /** A claim names the day that it speaks of. */
  readonly validAt: null;
  readonly items: readonly ClaimItem[];
  /** Whether claims follow; the next page is after the last item's id, at the same `asOfPosition`. */
  readonly hasMore: boolean;
}

/** What was said in public, beside the ledger as known at a position. `db` decides what is seen, as for `positionsReport`. Throws ReadModelBehind. */
export async function claimsReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, limit = 500, ...filter }: ClaimsQuery = {},
): Promise<ClaimsReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const at = { generation, ledger, asOfPosition: position };
  const found = await selectClaims(db, at, { ...filter, limit: limit + 1 });
  const claims = found.slice(0, limit);
  const figure = await ledgerFigures(db, at, claims);
  const items = claims.map((claim) => itemOf(claim, figure));
  return { asOfPosition: position, validAt: null, items, hasMore: found.length > limit };
}

function itemOf(claim: ClaimRow, figure: LedgerFigure): ClaimItem {
  const exact = (value: bigint) => exactInteger(String(value));
  const speaksOf: Day | null = ['accepted', 'energised'].includes(claim.metric) ? claim.statedOn : null;
  const ledger = figure(claim, speaksOf);
  return {
    ...claim,
    ledger: exact(ledger),
    gap: exact(gapOf(ledger, BigInt(claim.low), BigInt(claim.high))),
    atStatedOn: exact(figure(claim, claim.statedOn)),
    now: exact(figure(claim, null)),
  };
}

function gapOf(ledger: bigint, low: bigint, high: bigint): bigint {
  if (ledger < low) return ledger - low;
  return ledger > high ? ledger - high : 0n;
}
