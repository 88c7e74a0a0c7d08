import { exactNegative, exactSum, PersistentMap, type DecidedEvent, type ExactInteger, type Id } from '#libs/kernel';
import type { UnitsReturned } from '../return/events.ts';
import type { ReceiptCorrected } from '../shipment/events.ts';
import type { BudgetApproved, FundsEvent } from './events.ts';

/** A company's money, in minor units. */
export interface FundsAccount {
  /** The sum of its approved budgets; null without any. */
  readonly limitCents: ExactInteger | null;
  readonly committedCents: ExactInteger;
  readonly consumedCents: ExactInteger;
}

export interface FundsState {
  readonly budgets: PersistentMap<BudgetApproved['data']>;
  readonly accounts: PersistentMap<FundsAccount>;
}

export const noFunds: FundsState = { budgets: PersistentMap.empty(), accounts: PersistentMap.empty() };

const emptyAccount: FundsAccount = { limitCents: null, committedCents: 0, consumedCents: 0 };

export function evolveFunds(
  state: FundsState,
  event: DecidedEvent<FundsEvent | ReceiptCorrected | UnitsReturned>,
): FundsState {
  const { type, data } = event;
  switch (type) {
    case 'BudgetApproved':
      return budgeted(state, data);
    case 'FundsCommitted':
      return booked(state, data.companyId, data.amountCents, 0);
    case 'FundsConsumed':
      return booked(state, data.companyId, exactNegative(data.amountCents), data.amountCents);
    case 'FundsReleased':
      return booked(state, data.companyId, exactNegative(data.amountCents), 0);
    case 'ReceiptCorrected':
      return booked(state, data.companyId, exactNegative(data.amountCents), data.amountCents);
    case 'UnitsReturned':
      return data.amountCents === 0
        ? state
        : booked(state, data.companyId, data.amountCents, exactNegative(data.amountCents));
    case 'FundsMoved':
      return data.moves.reduce((funds, { companyId, deltaCents }) => booked(funds, companyId, deltaCents, 0), state);
  }
}

/** The company's account; an empty one before anything was booked. */
export function accountOf(state: FundsState, companyId: Id): FundsAccount {
  return state.accounts.get(companyId) ?? emptyAccount;
}

function budgeted(state: FundsState, budget: BudgetApproved['data']): FundsState {
  const account = accountOf(state, budget.companyId);
  const limitCents = exactSum(account.limitCents ?? 0, budget.limitCents);
  return {
    budgets: state.budgets.set(budget.budgetId, budget),
    accounts: state.accounts.set(budget.companyId, { ...account, limitCents }),
  };
}

function booked(
  state: FundsState,
  companyId: Id,
  committedCents: ExactInteger,
  consumedCents: ExactInteger,
): FundsState {
  const account = accountOf(state, companyId);
  const changed = {
    limitCents: account.limitCents,
    committedCents: exactSum(account.committedCents, committedCents),
    consumedCents: exactSum(account.consumedCents, consumedCents),
  };
  return { budgets: state.budgets, accounts: state.accounts.set(companyId, changed) };
}
