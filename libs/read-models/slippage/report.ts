import type { SlipCause } from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import { exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { selectAmounts } from '../amounts/query.ts';
import { resolveAsOf } from '../as-of.ts';

export interface SlippageQuery {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  readonly validAt?: Day | null | undefined;
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
}

/** Lateness of a company's units by cause; positive is later. */
export interface SlippageItem {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly cause: SlipCause;
  readonly unitDays: ExactInteger;
  /** Unit-days times the price of the units, in cent-days. */
  readonly valueCentDays: ExactInteger;
}

export interface SlippageReport {
  readonly asOfPosition: number;
  readonly validAt: Day | null;
  readonly items: readonly SlippageItem[];
}

/** Unit-days and their value by company, SKU and cause; a cause whose unit-days sum to 0 is left out. Throws ReadModelBehind. */
export async function slippageReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, ...filter }: SlippageQuery = {},
): Promise<SlippageReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const sums = await selectAmounts(db, { generation, ledger, asOfPosition: position }, [PREFIX], filter);
  const items = sums
    .filter(({ amount }) => amount !== '0')
    .map(({ measure, companyId, skuId, amount, worth }) => ({
      companyId,
      skuId: skuId ?? '',
      cause: measure.slice(PREFIX.length) as SlipCause,
      unitDays: exactInteger(amount),
      valueCentDays: exactInteger(worth ?? '0'),
    }));
  return { asOfPosition: position, validAt: filter.validAt ?? null, items };
}

const PREFIX = 'slip:';
