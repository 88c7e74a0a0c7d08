import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany, knownSku, knownSupplier } from '../party/state.ts';
import { checkCapacity } from '../site/capacity-gate.ts';
import { siteOfCompany } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { PlaceOrder } from './commands.ts';
import type { OrderedTranche, OrderPlaced } from './events.ts';
import { asOrdered, loadOf } from './terms.ts';

export function placeOrder(command: PlaceOrder, state: LedgerState, context: DecisionContext): [OrderPlaced] {
  const { orderId, companyId, supplierId, skuId } = command;
  const tranches = command.tranches.map(asOrdered);
  checkEffectiveDay(context, state.orders.get(orderId));
  if (state.orders.has(orderId)) throw new DomainError('ALREADY_EXISTS', { orderId });
  knownCompany(state.parties, companyId);
  knownSupplier(state.parties, supplierId);
  knownSku(state.parties, skuId);
  if (tranches.length === 0) throw new DomainError('NO_TRANCHES', { orderId });
  for (const { siteId } of tranches) if (siteId !== null) siteOfCompany(state.sites, siteId, companyId);
  checkDistinct(tranches);
  checkCapacity(state.sites, context.effectiveAt, loadOf(tranches));
  return [
    {
      type: 'OrderPlaced',
      stream: streamOf.order(orderId),
      data: { orderId, companyId, supplierId, skuId, tranches },
    },
  ];
}

function checkDistinct(tranches: readonly OrderedTranche[]): void {
  const seen = new Set<string>();
  for (const { trancheId } of tranches) {
    if (seen.has(trancheId)) throw new DomainError('ALREADY_EXISTS', { trancheId });
    seen.add(trancheId);
  }
}
