import type { Queryable } from '#libs/event-store';
import { exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { selectAmounts, type AccountSum } from '../amounts/query.ts';
import { resolveAsOf } from '../as-of.ts';

export interface FundsQuery {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  readonly validAt?: Day | null | undefined;
  readonly companyId?: Id | undefined;
}

/** A company's money in minor units of the ledger's currency. */
export interface FundsItem {
  readonly companyId: Id;
  /** Null: no budget was ever approved. */
  readonly limitCents: ExactInteger | null;
  readonly committedCents: ExactInteger;
  readonly consumedCents: ExactInteger;
  /** Limit less committed and consumed; null without a limit. */
  readonly headroomCents: ExactInteger | null;
}

export interface FundsReport {
  readonly asOfPosition: number;
  readonly validAt: Day | null;
  readonly items: readonly FundsItem[];
}

/** Limits, committed and consumed money by company; rows only where money was ever booked. Throws ReadModelBehind. */
export async function fundsReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, ...filter }: FundsQuery = {},
): Promise<FundsReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const at = { generation, ledger, asOfPosition: position };
  const sums = await selectAmounts(db, at, ['limitCents', 'committedCents', 'consumedCents'], filter);
  const companies = [...new Set(sums.map(({ companyId }) => companyId))];
  const items = companies.map((companyId) =>
    itemOf(
      companyId,
      sums.filter((each) => each.companyId === companyId),
    ),
  );
  return { asOfPosition: position, validAt: filter.validAt ?? null, items };
}

function itemOf(companyId: Id, accounts: readonly AccountSum[]): FundsItem {
  const sumOf = (measure: string) => accounts.find((account) => account.measure === measure)?.amount;
  const limit = sumOf('limitCents');
  const committed = sumOf('committedCents') ?? '0';
  const consumed = sumOf('consumedCents') ?? '0';
  const headroom = BigInt(limit ?? 0) - BigInt(committed) - BigInt(consumed);
  return {
    companyId,
    limitCents: limit === undefined ? null : exactInteger(limit),
    committedCents: exactInteger(committed),
    consumedCents: exactInteger(consumed),
    headroomCents: limit === undefined ? null : exactInteger(String(headroom)),
  };
}
