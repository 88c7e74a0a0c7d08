import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { slipsOf } from '../slip.ts';
import { streamOf } from '../streams.ts';
import type { RescheduleTranche } from './commands.ts';
import type { TrancheRescheduled } from './events.ts';
import { knownOrderOfTranche, openTranche } from './state.ts';

/** What is open is expected on another day; the difference slips under the cause reported. */
export function rescheduleTranche(
  command: RescheduleTranche,
  state: LedgerState,
  context: DecisionContext,
): [TrancheRescheduled] {
  const { orderId, trancheId, expectedDate, cause } = command;
  const order = knownOrderOfTranche(state.orders, orderId, trancheId);
  checkEffectiveDay(context, order);
  const tranche = openTranche(order, trancheId);
  if (tranche.firstPromisedDate === null) throw new DomainError('TRANCHE_NOT_CONFIRMED', { orderId, trancheId });
  const { companyId, siteId, openUnits: quantity, unitPriceCents, expectedDate: previousExpectedDate } = tranche;
  const { skuId } = order.terms;
  const waiting = { companyId, skuId, quantity, unitPriceCents };
  return [
    {
      type: 'TrancheRescheduled',
      stream: streamOf.order(orderId),
      data: {
        ...{ orderId, trancheId, companyId, skuId, quantity, siteId, expectedDate, previousExpectedDate, cause },
        slips: slipsOf(cause, previousExpectedDate, expectedDate, waiting),
      },
    },
  ];
}
