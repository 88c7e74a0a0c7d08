import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { checkScreening } from '../party/screening-check.ts';
import { knownCompany } from '../party/state.ts';
import { knownSite } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { TransferTitle } from './commands.ts';
import type { TitleTransferred } from './events.ts';
import { idleUnits, knownLot } from './state.ts';

/** Units that stand and are not energised become another company's; exposure and money stay as they are. */
export function transferTitle(
  command: TransferTitle,
  { parties, sites, stock }: LedgerState,
  context: DecisionContext,
): [TitleTransferred] {
  const { fromCompanyId, toCompanyId, siteId, lotId, quantity } = command;
  knownCompany(parties, fromCompanyId);
  knownSite(sites, siteId);
  checkEffectiveDay(context, stock.get(lotId));
  knownCompany(parties, toCompanyId);
  if (fromCompanyId === toCompanyId) throw new DomainError('SAME_COMPANY', { companyId: toCompanyId });
  checkScreening(parties, toCompanyId, context.effectiveAt);
  const lot = knownLot(stock, lotId);
  const thereUnits = idleUnits(lot, fromCompanyId, siteId);
  if (quantity > thereUnits) throw new DomainError('UNITS_NOT_THERE', { lotId, siteId, quantity, thereUnits });
  const data = { lotId, skuId: lot.skuId, siteId, fromCompanyId, toCompanyId, quantity };
  return [{ type: 'TitleTransferred', stream: streamOf.lot(lotId), data }];
}
