import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { RejectOrder } from './commands.ts';
import type { OrderRejected } from './events.ts';
import { knownOrder } from './state.ts';

/** The requester may: nothing is spent by it. */
export function rejectOrder({ orderId }: RejectOrder, state: LedgerState, context: DecisionContext): [OrderRejected] {
  const order = knownOrder(state.orders, orderId);
  checkEffectiveDay(context, order);
  if (order.status !== 'proposed') throw new DomainError('ORDER_NOT_PROPOSED', { orderId, status: order.status });
  const data = { orderId, companyId: order.terms.companyId };
  return [{ type: 'OrderRejected', stream: streamOf.order(orderId), data }];
}
