import type { DomainEvent, ExactInteger, Id } from '#libs/kernel';

export type BudgetApproved = DomainEvent<
  'BudgetApproved',
  { readonly budgetId: Id; readonly companyId: Id; readonly limitCents: number }
>;

/** Money set aside for units ordered (`shipmentId` null), or for surplus received with a shipment. */
export type FundsCommitted = DomainEvent<
  'FundsCommitted',
  { readonly companyId: Id; readonly orderId: Id; readonly shipmentId: Id | null; readonly amountCents: ExactInteger }
>;

/** Committed money spent on units accepted. */
export type FundsConsumed = DomainEvent<
  'FundsConsumed',
  { readonly companyId: Id; readonly orderId: Id; readonly shipmentId: Id; readonly amountCents: ExactInteger }
>;

/** Committed money set free: units ordered, short or rejected will not come any more. */
export type FundsReleased = DomainEvent<
  'FundsReleased',
  { readonly companyId: Id; readonly orderId: Id; readonly shipmentId: Id | null; readonly amountCents: ExactInteger }
>;

/** Commitments that follow redirected units, net per company; the deltas sum to zero. */
export type FundsMoved = DomainEvent<
  'FundsMoved',
  {
    readonly redirectionId: Id;
    readonly moves: readonly { readonly companyId: Id; readonly deltaCents: ExactInteger }[];
  }
>;

export type FundsEvent = BudgetApproved | FundsCommitted | FundsConsumed | FundsReleased | FundsMoved;
