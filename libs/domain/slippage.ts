import type { Id } from '#libs/kernel';

/** Whose doing a new expected date is, as reported with it. */
export const REPORTED_CAUSES = ['supplier', 'carrier', 'site', 'buyer'] as const;

export type ReportedCause = (typeof REPORTED_CAUSES)[number];

export type SlipCause = ReportedCause | 'dispatch' | 'arrival' | 'redirection' | 'shortfall';

/**
 * Lateness that an event made, booked on the company entitled at that moment.
 * `unitDays` is units × days, positive is later; its value is `unitDays` × `unitPriceCents`, in cent-days.
 * Entries of zero unit-days are none.
 */
export interface Slip {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly cause: SlipCause;
  readonly unitDays: number;
  readonly unitPriceCents: number;
}
