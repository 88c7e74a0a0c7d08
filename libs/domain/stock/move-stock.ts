import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { checkCapacity } from '../site/capacity-gate.ts';
import { knownSite, siteOfCompany } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { MoveStock } from './commands.ts';
import type { StockMoved } from './events.ts';
import { idleUnits, knownLot, unitsThere } from './state.ts';

/** Units that stand and are not energised go to another site of their company. */
export function moveStock(command: MoveStock, state: LedgerState, context: DecisionContext): [StockMoved] {
  const { companyId, lotId, fromSiteId, toSiteId, quantity } = command;
  knownCompany(state.parties, companyId);
  knownSite(state.sites, fromSiteId);
  checkEffectiveDay(context, state.stock.get(lotId));
  knownSite(state.sites, toSiteId);
  const lot = knownLot(state.stock, lotId);
  const missing = () => {
    const thereUnits = idleUnits(lot, companyId, fromSiteId);
    return new DomainError('UNITS_NOT_THERE', { lotId, siteId: fromSiteId, quantity, thereUnits });
  };
  if (unitsThere(lot, companyId, fromSiteId) === 0) throw missing();
  if (fromSiteId === toSiteId) throw new DomainError('SAME_SITE', { siteId: toSiteId });
  siteOfCompany(state.sites, toSiteId, companyId);
  if (quantity > idleUnits(lot, companyId, fromSiteId)) throw missing();
  checkCapacity(state.sites, context.effectiveAt, [{ siteId: toSiteId, from: context.effectiveAt, units: quantity }]);
  const data = { lotId, companyId, skuId: lot.skuId, fromSiteId, toSiteId, quantity };
  return [{ type: 'StockMoved', stream: streamOf.lot(lotId), data }];
}
