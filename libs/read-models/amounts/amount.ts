import type { SlipCause } from '#libs/domain';
import type { Id } from '#libs/kernel';

/** Accounts of a company that reports add up: its money, and the lateness of its units by cause. */
export type Measure = 'limitCents' | 'committedCents' | 'consumedCents' | `slip:${SlipCause}`;

/** A signed amount that an event adds to a company's account. */
export interface Amount {
  readonly measure: Measure;
  readonly companyId: Id;
  /** Null: money has no SKU. */
  readonly skuId: Id | null;
  /** Cents, or unit-days; digits, as no integer of PostgreSQL holds the price of an order. */
  readonly amount: string;
  /** Of unit-days: their worth in cent-days, digits; null of money. */
  readonly worth: string | null;
}
