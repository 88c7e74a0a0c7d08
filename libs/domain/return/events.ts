import type { DomainEvent, ExactInteger, Id } from '#libs/kernel';
import type { LegRef } from '../shipment/events.ts';

/** Why units go back. */
export const RETURN_REASONS = ['rejected', 'wrong'] as const;

export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Whose units went back to whom. */
interface ReturnedUnits {
  readonly returnId: Id;
  readonly shipmentId: Id;
  readonly orderId: Id;
  readonly trancheId: Id;
  /** Entitled and billed. */
  readonly companyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  /** Where they were received. */
  readonly siteId: Id;
  readonly quantity: number;
}

/**
 * Units left the site for the supplier. Of them `acceptedUnits` were accepted and are rejected from now on: they leave the lot at the site, their
 * money, the leg and the exposure of `companyId` to `originCompanyId`. Never slips.
 */
export type UnitsReturned = DomainEvent<
  'UnitsReturned',
  ReturnedUnits & {
    readonly reason: ReturnReason;
    readonly acceptedUnits: number;
    /** Moved from consumed back to committed. */
    readonly amountCents: ExactInteger;
    readonly leg: LegRef | null;
    readonly originCompanyId: Id;
  }
>;

/** They arrived at the supplier. */
export type ReturnConfirmed = DomainEvent<'ReturnConfirmed', ReturnedUnits>;

export type ReturnEvent = UnitsReturned | ReturnConfirmed;
