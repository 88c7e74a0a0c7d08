import { DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import type { TrancheAdded, TrancheAmended } from '../amendment/events.ts';
import { laterDay, type Dated } from '../effective-day.ts';
import type { CommitmentRedirected } from '../redirection/events.ts';
import type { LegRef, ShipmentDispatched } from '../shipment/events.ts';
import type {
  OrderedTranche,
  OrderEvent,
  OrderPlaced,
  ReplacementPromised,
  TrancheConfirmed,
  TrancheSplit,
} from './events.ts';

export type OrderTerms = OrderPlaced['data'];

interface PlacedOrder extends Dated {
  readonly terms: OrderTerms;
  /** The actor who placed it. */
  readonly requestedBy: string;
}

export interface ProposedOrder extends PlacedOrder {
  readonly status: 'proposed';
}

export interface ApprovedOrder extends PlacedOrder {
  readonly status: 'approved';
  readonly tranches: PersistentMap<Tranche>;
}

export interface RejectedOrder extends PlacedOrder {
  readonly status: 'rejected';
}

export type Order = ProposedOrder | ApprovedOrder | RejectedOrder;

/** Units cancelled while a company was entitled to them. */
export interface Cancellation {
  readonly companyId: Id;
  readonly units: number;
}

/** A scheduled delivery of an approved order. ordered = open + cancelled + dispatched. */
export interface Tranche {
  readonly trancheId: Id;
  /** As amended; with those split in, less those split off. */
  readonly orderedUnits: number;
  readonly openUnits: number;
  readonly cancellations: readonly Cancellation[];
  readonly dispatchedUnits: number;
  readonly unitPriceCents: number;
  /** Entitled and billed. */
  readonly companyId: Id;
  readonly siteId: Id | null;
  readonly requestedDate: Day;
  readonly firstPromisedDate: Day | null;
  readonly expectedDate: Day;
  /** The cross-company leg that the open units are on. */
  readonly leg: LegRef | null;
  /** Entitled before the first cross-company redirection of the open units. */
  readonly originCompanyId: Id;
}

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
      return changeOrder(state, data.orderId, effectiveAt, approved);
    case 'OrderRejected':
      return changeOrder(state, data.orderId, effectiveAt, (order) => ({ ...placed(order), status: 'rejected' }));
    case 'TrancheConfirmed':
      return changeTranche(state, data, effectiveAt, (tranche) => confirmed(tranche, data));
    case 'TrancheRescheduled':
      return changeTranche(state, data, effectiveAt, (tranche) => ({ ...tranche, expectedDate: data.expectedDate }));
    case 'TrancheResited':
      return changeTranche(state, data, effectiveAt, (tranche) => ({ ...tranche, siteId: data.toSiteId }));
    case 'TrancheSplit':
      return changeOrder(state, data.orderId, effectiveAt, (order) => split(order, data));
    case 'TrancheCancelled':
      return changeTranche(state, data, effectiveAt, (tranche) => cancelled(tranche, data.quantity));
    case 'TrancheAmended':
      return changeTranche(state, data, effectiveAt, (tranche) => amended(tranche, data));
    case 'TrancheAdded':
      return changeOrder(state, data.orderId, effectiveAt, (order) =>
        withTranche(order, scheduled(data, data.companyId)),
      );
    case 'ReplacementPromised':
      return changeOrder(state, data.orderId, effectiveAt, (order) => withReplacement(order, data));
    case 'ShipmentDispatched':
      return changeTranche(state, data, effectiveAt, (tranche) => dispatched(tranche, data.quantity));
    case 'CommitmentRedirected':
      return changeTranche(state, data, effectiveAt, (tranche) => redirected(tranche, data));
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

function placed({ terms, requestedBy, lastEffectiveAt }: Order): PlacedOrder {
  return { terms, requestedBy, lastEffectiveAt };
}

function approved(order: Order): ApprovedOrder {
  const { terms } = order;
  const tranches = PersistentMap.from(
    terms.tranches.map((each) => [each.trancheId, scheduled(each, terms.companyId)] as const),
  );
  return { ...placed(order), status: 'approved', tranches };
}

function scheduled(ordered: OrderedTranche, companyId: Id): Tranche {
  return {
    trancheId: ordered.trancheId,
    orderedUnits: ordered.quantity,
    openUnits: ordered.quantity,
    cancellations: [],
    dispatchedUnits: 0,
    unitPriceCents: ordered.unitPriceCents,
    companyId,
    siteId: ordered.siteId,
    requestedDate: ordered.requestedDate,
    firstPromisedDate: null,
    expectedDate: ordered.requestedDate,
    leg: null,
    originCompanyId: companyId,
  };
}

function confirmed(tranche: Tranche, { promisedDate }: TrancheConfirmed['data']): Tranche {
  return {
    ...tranche,
    expectedDate: promisedDate,
    firstPromisedDate: tranche.firstPromisedDate ?? promisedDate,
  };
}

function cancelled(tranche: Tranche, units: number): Tranche {
  return {
    ...tranche,
    openUnits: tranche.openUnits - units,
    cancellations: [...tranche.cancellations, { companyId: tranche.companyId, units }],
  };
}

function split(order: Order, { trancheId, newTrancheId, quantity }: TrancheSplit['data']): Order {
  const tranche = order.status === 'approved' ? order.tranches.get(trancheId) : undefined;
  if (order.status !== 'approved' || tranche === undefined) return order;
  const { orderedUnits, openUnits } = tranche;
  const rest = { ...tranche, orderedUnits: orderedUnits - quantity, openUnits: openUnits - quantity };
  const none = { cancellations: [], dispatchedUnits: 0 };
  const part = { ...tranche, ...none, trancheId: newTrancheId, orderedUnits: quantity, openUnits: quantity };
  return { ...order, tranches: order.tranches.set(trancheId, rest).set(newTrancheId, part) };
}

function amended(tranche: Tranche, data: TrancheAmended['data']): Tranche {
  const { quantity: openUnits, unitPriceCents, requestedDate, expectedDate } = data;
  const orderedUnits = tranche.orderedUnits - tranche.openUnits + openUnits;
  return { ...tranche, orderedUnits, openUnits, unitPriceCents, requestedDate, expectedDate };
}

function withTranche(order: Order, tranche: Tranche): Order {
  if (order.status !== 'approved') return order;
  return { ...order, tranches: order.tranches.set(tranche.trancheId, tranche) };
}

function withReplacement(order: Order, data: ReplacementPromised['data']): Order {
  const { trancheId, quantity, unitPriceCents, siteId, companyId, expectedDate, leg, originCompanyId } = data;
  const promised = { trancheId, quantity, unitPriceCents, siteId, requestedDate: expectedDate };
  return withTranche(order, {
    ...{ ...scheduled(promised, companyId), leg, originCompanyId },
    firstPromisedDate: expectedDate,
  });
}

function dispatched(tranche: Tranche, units: number): Tranche {
  return {
    ...tranche,
    openUnits: tranche.openUnits - units,
    dispatchedUnits: tranche.dispatchedUnits + units,
  };
}

function redirected(tranche: Tranche, to: CommitmentRedirected['data']): Tranche {
  const moved = { ...tranche, companyId: to.toCompanyId, siteId: to.toSiteId, originCompanyId: to.originCompanyId };
  if (to.fromCompanyId === to.toCompanyId) return moved;
  return { ...moved, leg: { redirectionId: to.redirectionId, leg: to.leg } };
}
