import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { streamOf } from '../streams.ts';
import type { ApproveBudget } from './commands.ts';
import type { BudgetApproved } from './events.ts';

export function approveBudget(command: ApproveBudget, state: LedgerState, context: DecisionContext): [BudgetApproved] {
  const { budgetId, companyId, limitCents } = command;
  knownCompany(state.parties, companyId);
  checkEffectiveDay(context);
  if (state.funds.budgets.has(budgetId)) throw new DomainError('ALREADY_EXISTS', { budgetId });
  return [{ type: 'BudgetApproved', stream: streamOf.funds(companyId), data: { budgetId, companyId, limitCents } }];
}
