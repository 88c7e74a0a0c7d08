import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { streamOf } from '../streams.ts';
import type { RegisterSite } from './commands.ts';
import type { SiteRegistered } from './events.ts';

export function registerSite(command: RegisterSite, state: LedgerState, context: DecisionContext): [SiteRegistered] {
  const { siteId, companyId, kind, designUnits, usableUnits } = command;
  knownCompany(state.parties, companyId);
  checkEffectiveDay(context);
  if (state.sites.has(siteId)) throw new DomainError('ALREADY_EXISTS', { siteId });
  if (usableUnits > designUnits) throw new DomainError('ABOVE_DESIGN_CAPACITY', { siteId, usableUnits, designUnits });
  return [
    {
      type: 'SiteRegistered',
      stream: streamOf.site(siteId),
      data: { siteId, companyId, kind, designUnits, usableUnits },
    },
  ];
}
