import { DomainError, type DecisionContext, type ExactInteger } from '#libs/kernel';
import { checkApprovalLimit } from '../approval/limits.ts';
import { checkEffectiveDay } from '../effective-day.ts';
import { checkBudget } from '../funds/budget-check.ts';
import type { FundsCommitted } from '../funds/events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { checkCapacity } from '../site/capacity-gate.ts';
import { streamOf } from '../streams.ts';
import type { ApproveOrder } from './commands.ts';
import type { OrderApproved } from './events.ts';
import { knownOrder } from './state.ts';
import { loadOf, priceCents } from './terms.ts';

/** Four eyes: never by the requester, and only up to what the approver may commit. */
export function approveOrder(
  { orderId }: ApproveOrder,
  state: LedgerState,
  context: DecisionContext,
): readonly (OrderApproved | FundsCommitted)[] {
  const order = knownOrder(state.orders, orderId);
  checkEffectiveDay(context, order);
  if (order.status !== 'proposed') throw new DomainError('ORDER_NOT_PROPOSED', { orderId, status: order.status });
  if (order.requestedBy === context.actor) throw new DomainError('SELF_APPROVAL', { orderId });
  const { companyId, tranches } = order.terms;
  const amountCents = priceCents(tranches);
  checkApprovalLimit(state.limits, companyId, context.actor, amountCents);
  checkBudget(state.funds, companyId, amountCents);
  checkCapacity(state.sites, context.effectiveAt, loadOf(tranches));
  const approved: OrderApproved = { type: 'OrderApproved', stream: streamOf.order(orderId), data: order.terms };
  return amountCents === 0 ? [approved] : [approved, committed(companyId, orderId, amountCents)];
}

function committed(companyId: string, orderId: string, amountCents: ExactInteger): FundsCommitted {
  return {
    type: 'FundsCommitted',
    stream: streamOf.funds(companyId),
    data: { companyId, orderId, shipmentId: null, amountCents },
  };
}
