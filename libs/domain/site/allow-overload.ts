import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { AllowOverload } from './commands.ts';
import type { OverloadAllowed } from './events.ts';
import { knownSite } from './state.ts';

/** The gate tolerates the units above usable; the breaches that they make stay listed. */
export function allowOverload(command: AllowOverload, state: LedgerState, context: DecisionContext): [OverloadAllowed] {
  const { overrideId, siteId, units, until, reason } = command;
  const site = knownSite(state.sites, siteId);
  checkEffectiveDay(context, site);
  if (state.overrides.has(overrideId)) throw new DomainError('ALREADY_EXISTS', { overrideId });
  const { effectiveAt } = context;
  if (until < effectiveAt) throw new DomainError('UNTIL_IN_PAST', { overrideId, until, effectiveAt });
  const data = { overrideId, siteId, companyId: site.companyId, units, until, reason };
  return [{ type: 'OverloadAllowed', stream: streamOf.site(siteId), data }];
}
