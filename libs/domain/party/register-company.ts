import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { RegisterCompany } from './commands.ts';
import type { CompanyRegistered } from './events.ts';
import { knownCompany } from './state.ts';

export function registerCompany(
  command: RegisterCompany,
  { parties }: LedgerState,
  context: DecisionContext,
): [CompanyRegistered] {
  const { companyId, name, kind, headquartersCountry, parentId = null, controlledBy = null } = command;
  if (parentId !== null) knownCompany(parties, parentId);
  checkEffectiveDay(context);
  if (parties.companies.has(companyId)) throw new DomainError('ALREADY_EXISTS', { companyId });
  return [
    {
      type: 'CompanyRegistered',
      stream: streamOf.company(companyId),
      data: { companyId, name, kind, headquartersCountry, parentId, controlledBy },
    },
  ];
}
