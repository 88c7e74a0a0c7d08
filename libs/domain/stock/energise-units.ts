import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { knownSite } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { EnergiseUnits } from './commands.ts';
import type { UnitsEnergised } from './events.ts';
import { idleUnits, knownLot, unitsThere } from './state.ts';

export function energiseUnits(command: EnergiseUnits, state: LedgerState, context: DecisionContext): [UnitsEnergised] {
  const { companyId, siteId, lotId, quantity } = command;
  knownCompany(state.parties, companyId);
  const site = knownSite(state.sites, siteId);
  checkEffectiveDay(context, state.stock.get(lotId));
  const lot = knownLot(state.stock, lotId);
  const thereUnits = idleUnits(lot, companyId, siteId);
  const missing = () => new DomainError('UNITS_NOT_THERE', { lotId, siteId, quantity, thereUnits });
  if (unitsThere(lot, companyId, siteId) === 0) throw missing();
  if (site.kind !== 'datacenter') throw new DomainError('SITE_CANNOT_ENERGISE', { siteId });
  if (quantity > thereUnits) throw missing();
  const data = { lotId, companyId, skuId: lot.skuId, siteId, quantity };
  return [{ type: 'UnitsEnergised', stream: streamOf.lot(lotId), data }];
}
