import type { Id } from '#libs/kernel';
import type { Amendment } from './amendment/state.ts';
import type { CommandRequest } from './approval/requests.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Order, Tranche } from './order/state.ts';
import { related } from './party/related.ts';
import type { Company, Sku } from './party/state.ts';
import type { Redirection } from './redirection/state.ts';
import type { UnitsSentBack } from './return/state.ts';
import type { Shipment } from './shipment/state.ts';
import type { Site } from './site/state.ts';
import type { Lot } from './stock/state.ts';

// What scope checks read; each undefined where there is no such thing.

export function companyById(state: LedgerState, companyId: Id): Company | undefined {
  return state.parties.companies.get(companyId);
}

/** The id of the company that is spelled like `name` but for case; the first registered where several are. */
export function companyIdIgnoringCase(state: LedgerState, name: string): Id | undefined {
  return state.parties.companyIdsByLowerCase.get(name.toLowerCase());
}

export function skuById(state: LedgerState, skuId: Id): Sku | undefined {
  return state.parties.skus.get(skuId);
}

export function siteById(state: LedgerState, siteId: Id): Site | undefined {
  return state.sites.get(siteId);
}

export function lotById(state: LedgerState, lotId: Id): Lot | undefined {
  return state.stock.get(lotId);
}

export function orderById(state: LedgerState, orderId: Id): Order | undefined {
  return state.orders.get(orderId);
}

/** The tranche of an approved order; a proposed order has terms, no tranches yet. */
export function trancheById(state: LedgerState, orderId: Id, trancheId: Id): Tranche | undefined {
  const order = state.orders.get(orderId);
  return order?.status === 'approved' ? order.tranches.get(trancheId) : undefined;
}

export function amendmentById(state: LedgerState, amendmentId: Id): Amendment | undefined {
  return state.amendments.get(amendmentId);
}

export function shipmentById(state: LedgerState, shipmentId: Id): Shipment | undefined {
  return state.shipments.get(shipmentId);
}

export function returnById(state: LedgerState, returnId: Id): UnitsSentBack | undefined {
  return state.returns.get(returnId);
}

export function redirectionById(state: LedgerState, redirectionId: Id): Redirection | undefined {
  return state.redirections.get(redirectionId);
}

export function requestById(state: LedgerState, requestId: Id): CommandRequest | undefined {
  return state.fourEyes.requests.get(requestId);
}

/** Whether two companies share their topmost parent or `controlledBy`. */
export function areRelated(state: LedgerState, companyId: Id, otherId: Id): boolean {
  return related(state.parties.companies, companyId, otherId);
}
