import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { SplitTranche } from './commands.ts';
import type { TrancheSplit } from './events.ts';
import { approvedTranche, knownOrderOfTranche, openTranche } from './state.ts';

/** The part takes over company, billing, site, dates, price, leg and origin: whatever is then done to it is done to it alone. */
export function splitTranche(command: SplitTranche, state: LedgerState, context: DecisionContext): [TrancheSplit] {
  const { orderId, trancheId, newTrancheId, quantity } = command;
  const order = knownOrderOfTranche(state.orders, orderId, trancheId);
  checkEffectiveDay(context, order);
  approvedTranche(order, trancheId);
  if (order.status === 'approved' && order.tranches.has(newTrancheId)) {
    throw new DomainError('ALREADY_EXISTS', { orderId, trancheId: newTrancheId });
  }
  const { openUnits, companyId, siteId, unitPriceCents, leg, originCompanyId, ...tranche } = openTranche(
    order,
    trancheId,
  );
  if (quantity >= openUnits) throw new DomainError('MORE_THAN_A_PART', { orderId, trancheId, quantity, openUnits });
  const { requestedDate, firstPromisedDate, expectedDate } = tranche;
  const { companyId: orderingCompanyId, supplierId, skuId } = order.terms;
  return [
    {
      type: 'TrancheSplit',
      stream: streamOf.order(orderId),
      data: {
        ...{ orderId, trancheId, newTrancheId, quantity, companyId, skuId, orderingCompanyId, supplierId, siteId },
        ...{ unitPriceCents, requestedDate, firstPromisedDate, expectedDate, leg, originCompanyId },
      },
    },
  ];
}
