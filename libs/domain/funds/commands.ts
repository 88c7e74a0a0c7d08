import type { Id } from '#libs/kernel';

export interface ApproveBudget {
  readonly type: 'ApproveBudget';
  readonly budgetId: Id;
  readonly companyId: Id;
  readonly limitCents: number;
}

export type FundsCommand = ApproveBudget;
