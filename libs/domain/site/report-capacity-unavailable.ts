import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import { usableUnitsOn } from './capacity.ts';
import type { ReportCapacityUnavailable } from './commands.ts';
import type { CapacityUnavailable } from './events.ts';
import { knownSite } from './state.ts';

/** A fact about the site: never refused for the breach it makes. */
export function reportCapacityUnavailable(
  command: ReportCapacityUnavailable,
  state: LedgerState,
  context: DecisionContext,
): [CapacityUnavailable] {
  const { siteId, usableUnits, from, expectedReady = null, cause } = command;
  const site = knownSite(state.sites, siteId);
  checkEffectiveDay(context, site);
  const usableBefore = usableUnitsOn(site.capacity, from);
  if (usableUnits >= usableBefore) {
    throw new DomainError('CAPACITY_NOT_REDUCED', { siteId, from, usableUnits, usableBefore });
  }
  return [
    {
      type: 'CapacityUnavailable',
      stream: streamOf.site(siteId),
      data: { siteId, companyId: site.companyId, usableUnits, from, expectedReady, cause },
    },
  ];
}
