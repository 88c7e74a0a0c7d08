import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { FundsReleased } from '../funds/events.ts';
import { fundsReleased } from '../funds/release.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { CancelTranche } from './commands.ts';
import type { TrancheCancelled } from './events.ts';
import { approvedTranche, knownOrderOfTranche } from './state.ts';

/** Open units that are not wanted any more set their money free and are gone from the leg that they are on. */
export function cancelTranche(
  command: CancelTranche,
  state: LedgerState,
  context: DecisionContext,
): readonly (TrancheCancelled | FundsReleased)[] {
  const { orderId, trancheId, quantity } = command;
  const order = knownOrderOfTranche(state.orders, orderId, trancheId);
  checkEffectiveDay(context, order);
  const tranche = approvedTranche(order, trancheId);
  if (quantity > tranche.openUnits) {
    throw new DomainError('MORE_THAN_OPEN', { orderId, trancheId, quantity, openUnits: tranche.openUnits });
  }
  const { companyId, siteId, expectedDate, unitPriceCents, leg } = tranche;
  const { skuId } = order.terms;
  const cancelled: TrancheCancelled = {
    type: 'TrancheCancelled',
    stream: streamOf.order(orderId),
    data: { orderId, trancheId, companyId, skuId, quantity, siteId, expectedDate, unitPriceCents, leg },
  };
  return [cancelled, ...fundsReleased({ companyId, orderId, shipmentId: null }, quantity, unitPriceCents)];
}
