import { DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import type { TrancheAdded, TrancheAmended } from '../amendment/events.ts';
import { laterDay } from '../effective-day.ts';
import type { CommitmentRedirected } from '../redirection/events.ts';
import type { ShipmentDispatched } from '../shipment/events.ts';
import type { OrderEvent } from './events.ts';
import type { Order, Tranche } from './order.ts';
import * as become from './transitions.ts';

export type * from './order.ts';

export type OrderState = PersistentMap<Order>;

export const noOrders: OrderState = PersistentMap.empty();

export function evolveOrders(
  state: OrderState,
  event: DecidedEvent<OrderEvent | TrancheAmended | TrancheAdded | ShipmentDispatched | CommitmentRedirected>,
): OrderState {
  const { type, data, effectiveAt } = event;
  switch (type) {
    case 'OrderPlaced':
      return state.set(data.orderId, {
        status: 'proposed',
        terms: data,
        requestedBy: event.actor,
        lastEffectiveAt: effectiveAt,
      });
    case 'OrderApproved':
      return changeOrder(state, data.orderId, effectiveAt, become.approved);
    case 'OrderRejected':
      return changeOrder(state, data.orderId, effectiveAt, (order) => ({
        ...become.placed(order),
        status: 'rejected',
      }));
    case 'TrancheConfirmed':
      return changeTranche(state, data, effectiveAt, (tranche) => become.confirmed(tranche, data));
    case 'TrancheRescheduled':
      return changeTranche(state, data, effectiveAt, (tranche) => ({ ...tranche, expectedDate: data.expectedDate }));
    case 'TrancheResited':
      return changeTranche(state, data, effectiveAt, (tranche) => ({ ...tranche, siteId: data.toSiteId }));
    case 'TrancheSplit':
      return changeOrder(state, data.orderId, effectiveAt, (order) => become.split(order, data));
    case 'TrancheCancelled':
      return changeTranche(state, data, effectiveAt, (tranche) => become.cancelled(tranche, data.quantity));
    case 'TrancheAmended':
      return changeTranche(state, data, effectiveAt, (tranche) => become.amended(tranche, data));
    case 'TrancheAdded':
      return changeOrder(state, data.orderId, effectiveAt, (order) =>
        become.withTranche(order, become.scheduled(data, data.companyId)),
      );
    case 'ReplacementPromised':
      return changeOrder(state, data.orderId, effectiveAt, (order) => become.withReplacement(order, data));
    case 'ShipmentDispatched':
      return changeTranche(state, data, effectiveAt, (tranche) => become.dispatched(tranche, data.quantity));
    case 'CommitmentRedirected':
      return changeTranche(state, data, effectiveAt, (tranche) => become.redirected(tranche, data));
  }
}

/** The order; throws `ORDER_UNKNOWN`. */
export function knownOrder(state: OrderState, orderId: Id): Order {
  const order = state.get(orderId);
  if (order === undefined) throw new DomainError('ORDER_UNKNOWN', { orderId });
  return order;
}

/** The order that has the tranche, in whatever status; throws `ORDER_UNKNOWN`, `TRANCHE_UNKNOWN`. */
export function knownOrderOfTranche(state: OrderState, orderId: Id, trancheId: Id): Order {
  const order = knownOrder(state, orderId);
  const there =
    order.status === 'approved'
      ? order.tranches.has(trancheId)
      : order.terms.tranches.some((tranche) => tranche.trancheId === trancheId);
  if (!there) throw new DomainError('TRANCHE_UNKNOWN', { orderId, trancheId });
  return order;
}

/** The tranche of an approved order; throws `ORDER_NOT_APPROVED`, `TRANCHE_UNKNOWN`. */
export function approvedTranche(order: Order, trancheId: Id): Tranche {
  const { orderId } = order.terms;
  if (order.status !== 'approved') throw new DomainError('ORDER_NOT_APPROVED', { orderId, status: order.status });
  const tranche = order.tranches.get(trancheId);
  if (tranche === undefined) throw new DomainError('TRANCHE_UNKNOWN', { orderId, trancheId });
  return tranche;
}

/** The same with units open; throws `NOTHING_OPEN` besides. */
export function openTranche(order: Order, trancheId: Id): Tranche {
  const tranche = approvedTranche(order, trancheId);
  if (tranche.openUnits === 0) throw new DomainError('NOTHING_OPEN', { orderId: order.terms.orderId, trancheId });
  return tranche;
}

function changeOrder(state: OrderState, orderId: Id, effectiveAt: Day, change: (order: Order) => Order): OrderState {
  const order = state.get(orderId);
  if (order === undefined) return state;
  const changed = change(order);
  return state.set(orderId, { ...changed, lastEffectiveAt: laterDay(order.lastEffectiveAt, effectiveAt) });
}

function changeTranche(
  state: OrderState,
  { orderId, trancheId }: { readonly orderId: Id; readonly trancheId: Id },
  effectiveAt: Day,
  change: (tranche: Tranche) => Tranche,
): OrderState {
  return changeOrder(state, orderId, effectiveAt, (order) => {
    const tranche = order.status === 'approved' ? order.tranches.get(trancheId) : undefined;
    if (order.status !== 'approved' || tranche === undefined) return order;
    return { ...order, tranches: order.tranches.set(trancheId, change(tranche)) };
  });
}
