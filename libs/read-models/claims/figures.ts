import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { selectAmounts, type AccountSum } from '../amounts/query.ts';
import { selectHeldUnits, type HeldUnits, type Moment } from './query.ts';
import type { ClaimRow } from './table.ts';

/** What the ledger says to a claim, for a day (null: all days). */
export type LedgerFigure = (claim: ClaimRow, validAt: Day | null) => bigint;

/** The figures for `claims` on the day each was stated, and on all days: one reading of the books a day. */
export async function ledgerFigures(db: Queryable, at: Moment, claims: readonly ClaimRow[]): Promise<LedgerFigure> {
  const books = new Map<Day | null, Books>();
  for (const day of new Set([null, ...claims.map(({ statedOn }) => statedOn)])) {
    const asked = claims.filter(({ statedOn }) => day === null || statedOn === day);
    books.set(day, await readBooks(db, at, day, asked));
  }
  return (claim, validAt) => figureOf(claim, books.get(validAt) ?? NOTHING);
}

interface Books {
  readonly units: readonly HeldUnits[];
  readonly money: readonly AccountSum[];
}

const NOTHING: Books = { units: [], money: [] };

async function readBooks(db: Queryable, at: Moment, validAt: Day | null, claims: readonly ClaimRow[]): Promise<Books> {
  const ofMoney = companiesOf(claims.filter(({ metric }) => metric === 'spendCents'));
  const ofUnits = companiesOf(claims.filter(({ metric }) => metric !== 'spendCents'));
  return {
    units: ofUnits.length > 0 ? await selectHeldUnits(db, at, validAt, ofUnits) : [],
    money: ofMoney.length > 0 ? await selectAmounts(db, at, ['committedCents', 'consumedCents'], { validAt }) : [],
  };
}

function companiesOf(claims: readonly ClaimRow[]): readonly Id[] {
  return [...new Set(claims.map(({ companyId }) => companyId))];
}

function figureOf({ companyId, skuId, metric, horizon }: ClaimRow, { units, money }: Books): bigint {
  if (metric === 'spendCents') {
    return sum(money.filter((account) => account.companyId === companyId).map(({ amount }) => amount));
  }
  const counts = metric === 'supplyBy' ? suppliedBy(horizon) : ({ bucket }: HeldUnits) => bucket === metric;
  const held = units.filter((each) => each.companyId === companyId && (skuId === null || each.skuId === skuId));
  return sum(held.filter(counts).map((each) => each.units));
}

/** Whether units are there, or due by `horizon`. */
function suppliedBy(horizon: Day | null): (held: HeldUnits) => boolean {
  return ({ bucket, dueOn }) => {
    if (bucket === 'accepted' || bucket === 'atDock') return true;
    if (bucket === 'energised') return false;
    return horizon !== null && dueOn !== null && dueOn <= horizon;
  };
}

function sum(digits: readonly string[]): bigint {
  return digits.reduce((all, each) => all + BigInt(each), 0n);
}
