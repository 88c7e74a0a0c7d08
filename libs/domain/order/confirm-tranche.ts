import type { DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { slipsOf } from '../slip.ts';
import { streamOf } from '../streams.ts';
import type { ConfirmTranche } from './commands.ts';
import type { TrancheConfirmed } from './events.ts';
import { knownOrderOfTranche, openTranche } from './state.ts';

/** The first promise is the baseline and slips nothing; a later one slips under `supplier`. */
export function confirmTranche(
  command: ConfirmTranche,
  state: LedgerState,
  context: DecisionContext,
): [TrancheConfirmed] {
  const { orderId, trancheId, promisedDate } = command;
  const order = knownOrderOfTranche(state.orders, orderId, trancheId);
  checkEffectiveDay(context, order);
  const tranche = openTranche(order, trancheId);
  const { companyId, siteId, openUnits: quantity, unitPriceCents, expectedDate: previousExpectedDate } = tranche;
  const { skuId } = order.terms;
  const firstPromise = tranche.firstPromisedDate === null;
  const waiting = { companyId, skuId, quantity, unitPriceCents };
  return [
    {
      type: 'TrancheConfirmed',
      stream: streamOf.order(orderId),
      data: {
        ...{ orderId, trancheId, companyId, skuId, siteId, quantity, promisedDate, previousExpectedDate },
        firstPromise,
        slips: firstPromise ? [] : slipsOf('supplier', previousExpectedDate, promisedDate, waiting),
      },
    },
  ];
}
