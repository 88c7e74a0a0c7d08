import { PersistentMap, type Id } from '#libs/kernel';
import type { TrancheAmended } from '../amendment/events.ts';
import type { CommitmentRedirected } from '../redirection/events.ts';
import type { OrderedTranche, ReplacementPromised, TrancheConfirmed, TrancheSplit } from './events.ts';
import type { ApprovedOrder, Order, PlacedOrder, Tranche } from './order.ts';

// What each event makes of an order or tranche.

export function placed({ terms, requestedBy, lastEffectiveAt }: Order): PlacedOrder {
  return { terms, requestedBy, lastEffectiveAt };
}

export function approved(order: Order): ApprovedOrder {
  const { terms } = order;
  const tranches = PersistentMap.from(
    terms.tranches.map((each) => [each.trancheId, scheduled(each, terms.companyId)] as const),
  );
  return { ...placed(order), status: 'approved', tranches };
}

export function scheduled(ordered: OrderedTranche, companyId: Id): Tranche {
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

export function confirmed(tranche: Tranche, { promisedDate }: TrancheConfirmed['data']): Tranche {
  return {
    ...tranche,
    expectedDate: promisedDate,
    firstPromisedDate: tranche.firstPromisedDate ?? promisedDate,
  };
}

export function cancelled(tranche: Tranche, units: number): Tranche {
  return {
    ...tranche,
    openUnits: tranche.openUnits - units,
    cancellations: [...tranche.cancellations, { companyId: tranche.companyId, units }],
  };
}

export function split(order: Order, { trancheId, newTrancheId, quantity }: TrancheSplit['data']): Order {
  const tranche = order.status === 'approved' ? order.tranches.get(trancheId) : undefined;
  if (order.status !== 'approved' || tranche === undefined) return order;
  const { orderedUnits, openUnits } = tranche;
  const rest = { ...tranche, orderedUnits: orderedUnits - quantity, openUnits: openUnits - quantity };
  const none = { cancellations: [], dispatchedUnits: 0 };
  const part = { ...tranche, ...none, trancheId: newTrancheId, orderedUnits: quantity, openUnits: quantity };
  return { ...order, tranches: order.tranches.set(trancheId, rest).set(newTrancheId, part) };
}

export function amended(tranche: Tranche, data: TrancheAmended['data']): Tranche {
  const { quantity: openUnits, unitPriceCents, requestedDate, expectedDate } = data;
  const orderedUnits = tranche.orderedUnits - tranche.openUnits + openUnits;
  return { ...tranche, orderedUnits, openUnits, unitPriceCents, requestedDate, expectedDate };
}

export function withTranche(order: Order, tranche: Tranche): Order {
  if (order.status !== 'approved') return order;
  return { ...order, tranches: order.tranches.set(tranche.trancheId, tranche) };
}

export function withReplacement(order: Order, data: ReplacementPromised['data']): Order {
  const { trancheId, quantity, unitPriceCents, siteId, companyId, expectedDate, leg, originCompanyId } = data;
  const promised = { trancheId, quantity, unitPriceCents, siteId, requestedDate: expectedDate };
  return withTranche(order, {
    ...{ ...scheduled(promised, companyId), leg, originCompanyId },
    firstPromisedDate: expectedDate,
  });
}

export function dispatched(tranche: Tranche, units: number): Tranche {
  return {
    ...tranche,
    openUnits: tranche.openUnits - units,
    dispatchedUnits: tranche.dispatchedUnits + units,
  };
}

export function redirected(tranche: Tranche, to: CommitmentRedirected['data']): Tranche {
  const moved = { ...tranche, companyId: to.toCompanyId, siteId: to.toSiteId, originCompanyId: to.originCompanyId };
  if (to.fromCompanyId === to.toCompanyId) return moved;
  return { ...moved, leg: { redirectionId: to.redirectionId, leg: to.leg } };
}
