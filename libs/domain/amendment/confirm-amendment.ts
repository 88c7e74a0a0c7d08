import { compareExact, DomainError, exactNegative, type DecisionContext, type Id } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { FundsCommitted, FundsReleased } from '../funds/events.ts';
import { centsReleased } from '../funds/release.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownOrder } from '../order/state.ts';
import { slipsOf } from '../slip.ts';
import { streamOf } from '../streams.ts';
import { checkedChanges } from './checks.ts';
import type { ConfirmAmendment } from './commands.ts';
import type { AmendmentConfirmed, AmendmentProposed, TrancheAdded, TrancheAmended } from './events.ts';
import { orderOf } from './facts.ts';
import { checkWithSupplier, knownAmendment } from './state.ts';
import { expectedAfter, type ChangedTranche } from './terms.ts';

type ConfirmationEvent = AmendmentConfirmed | TrancheAmended | TrancheAdded | FundsCommitted | FundsReleased;

/** The amendment takes effect as a whole, with the money that it adds or sets free. */
export function confirmAmendment(
  { amendmentId }: ConfirmAmendment,
  state: LedgerState,
  context: DecisionContext,
): readonly ConfirmationEvent[] {
  const amendment = knownAmendment(state.amendments, amendmentId);
  const { terms } = amendment;
  const order = knownOrder(state.orders, terms.orderId);
  checkEffectiveDay(context, amendment, order);
  checkWithSupplier(amendment);
  const changed = withoutFigures(amendmentId, () => checkedChanges(terms, state, context.effectiveAt));
  const { skuId } = order.terms;
  return [
    { type: 'AmendmentConfirmed', stream: streamOf.amendment(amendmentId), data: orderOf(terms) },
    ...changed.map((each) => trancheAmended(terms, skuId, each)),
    ...terms.newTranches.map((tranche): TrancheAdded => {
      const stream = streamOf.order(terms.orderId);
      return { type: 'TrancheAdded', stream, data: { ...orderOf(terms), skuId, ...tranche } };
    }),
    ...fundsMoved(terms),
  ];
}

/** The supplier hears which rule it is that the buyer's books break, and none of their figures. */
function withoutFigures<T>(amendmentId: Id, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof DomainError ? new DomainError(error.code, { amendmentId }) : error;
  }
}

function trancheAmended(
  { amendmentId, orderId, companyId }: AmendmentProposed['data'],
  skuId: Id,
  { change, tranche: { siteId } }: ChangedTranche,
): TrancheAmended {
  const { expectedDate: previousExpectedDate, firstPromisedDate, quantity, unitPriceCents } = change;
  const expectedDate = expectedAfter(change);
  const units = { companyId, skuId, quantity, unitPriceCents };
  return {
    type: 'TrancheAmended',
    stream: streamOf.order(orderId),
    data: {
      ...{ ...change, amendmentId, orderId, companyId, skuId, siteId, expectedDate, previousExpectedDate },
      slips: firstPromisedDate === null ? [] : slipsOf('buyer', previousExpectedDate, expectedDate, units),
    },
  };
}

function fundsMoved({
  companyId,
  orderId,
  addedCents,
}: AmendmentProposed['data']): readonly (FundsCommitted | FundsReleased)[] {
  const whose = { companyId, orderId, shipmentId: null };
  if (compareExact(addedCents, 0) <= 0) return centsReleased(whose, exactNegative(addedCents));
  return [{ type: 'FundsCommitted', stream: streamOf.funds(companyId), data: { ...whose, amountCents: addedCents } }];
}
