import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany, knownSku } from '../party/state.ts';
import { checkCapacity } from '../site/capacity-gate.ts';
import { siteOfCompany } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { RecordOpeningBalance } from './commands.ts';
import type { OpeningBalanceRecorded } from './events.ts';

export function recordOpeningBalance(
  command: RecordOpeningBalance,
  state: LedgerState,
  context: DecisionContext,
): [OpeningBalanceRecorded] {
  const { companyId, siteId, skuId, lotId, quantity, energised = 0 } = command;
  knownCompany(state.parties, companyId);
  const site = siteOfCompany(state.sites, siteId, companyId);
  knownSku(state.parties, skuId);
  checkEffectiveDay(context);
  // Shipments and lots are one kind of thing: an accepted shipment becomes the lot of its id.
  if (state.stock.has(lotId) || state.shipments.has(lotId)) throw new DomainError('ALREADY_EXISTS', { lotId });
  if (energised > quantity) throw new DomainError('UNITS_NOT_THERE', { lotId, energised, quantity });
  if (energised > 0 && site.kind !== 'datacenter') throw new DomainError('SITE_CANNOT_ENERGISE', { siteId });
  checkCapacity(state.sites, context.effectiveAt, [{ siteId, from: context.effectiveAt, units: quantity }]);
  return [
    {
      type: 'OpeningBalanceRecorded',
      stream: streamOf.lot(lotId),
      data: { lotId, companyId, siteId, skuId, quantity, energised },
    },
  ];
}
