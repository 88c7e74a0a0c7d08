import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import { usableUnitsOn } from './capacity.ts';
import type { RestoreCapacity } from './commands.ts';
import type { CapacityRestored } from './events.ts';
import { knownSite } from './state.ts';

/** More can be used from `from` on, which may lie ahead; never more than the site was designed for. */
export function restoreCapacity(
  command: RestoreCapacity,
  state: LedgerState,
  context: DecisionContext,
): [CapacityRestored] {
  const { siteId, usableUnits, from } = command;
  const site = knownSite(state.sites, siteId);
  checkEffectiveDay(context, site);
  const { companyId, designUnits } = site;
  if (usableUnits > designUnits) throw new DomainError('ABOVE_DESIGN_CAPACITY', { siteId, usableUnits, designUnits });
  const usableBefore = usableUnitsOn(site.capacity, from);
  if (usableUnits <= usableBefore) {
    throw new DomainError('CAPACITY_NOT_INCREASED', { siteId, from, usableUnits, usableBefore });
  }
  const data = { siteId, companyId, usableUnits, from };
  return [{ type: 'CapacityRestored', stream: streamOf.site(siteId), data }];
}
