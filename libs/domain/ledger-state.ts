import type { DecidedEvent } from '#libs/kernel';
import type { LedgerEvent } from './events.ts';
import { evolveFunds, noFunds, type FundsState } from './funds/state.ts';
import { evolveOrders, noOrders, type OrderState } from './order/state.ts';
import { evolveParties, noParties, type PartyState } from './party/state.ts';
import { evolveExposures, noExposures, type ExposureState } from './redirection/exposure.ts';
import type { CommitmentRedirected, ShipmentRedirected } from './redirection/events.ts';
import { evolveRedirections, noRedirections, type RedirectionState } from './redirection/state.ts';
import { evolveShipments, noShipments, type ShipmentState } from './shipment/state.ts';
import { evolveLoad, type LoadEvent } from './site/load.ts';
import { evolveSites, noSites, type SiteState } from './site/state.ts';
import { evolveStock, noStock, type StockState } from './stock/state.ts';

/** All that decisions need of a ledger: one immutable state an area. */
export interface LedgerState {
  readonly parties: PartyState;
  readonly sites: SiteState;
  readonly stock: StockState;
  readonly funds: FundsState;
  readonly orders: OrderState;
  readonly shipments: ShipmentState;
  readonly redirections: RedirectionState;
  readonly exposures: ExposureState;
}

export const emptyLedger: LedgerState = {
  parties: noParties,
  sites: noSites,
  stock: noStock,
  funds: noFunds,
  orders: noOrders,
  shipments: noShipments,
  redirections: noRedirections,
  exposures: noExposures,
};

/** Hands each event to the areas that care; events say enough that no area looks into another. */
export function evolveLedger(state: LedgerState, event: DecidedEvent<LedgerEvent>): LedgerState {
  const { parties, sites, stock, funds, orders, shipments, redirections, exposures } = state;
  switch (event.type) {
    case 'CompanyRegistered':
    case 'SkuRegistered':
    case 'EndUserScreened':
      return { ...state, parties: evolveParties(parties, event) };
    case 'SiteRegistered':
    case 'CapacityUnavailable':
      return { ...state, sites: evolveSites(sites, event) };
    case 'OpeningBalanceRecorded':
      return { ...loaded(state, event), stock: evolveStock(stock, event) };
    case 'BudgetApproved':
    case 'FundsCommitted':
    case 'FundsConsumed':
    case 'FundsMoved':
      return { ...state, funds: evolveFunds(funds, event) };
    case 'OrderPlaced':
      return { ...state, orders: evolveOrders(orders, event) };
    case 'OrderApproved':
    case 'TrancheConfirmed':
      return { ...loaded(state, event), orders: evolveOrders(orders, event) };
    case 'ShipmentDispatched':
      return {
        ...loaded(state, event),
        orders: evolveOrders(orders, event),
        shipments: evolveShipments(shipments, event),
      };
    case 'ShipmentReceived':
      return { ...loaded(state, event), shipments: evolveShipments(shipments, event) };
    case 'ReceiptAccepted':
      return {
        ...loaded(state, event),
        shipments: evolveShipments(shipments, event),
        stock: evolveStock(stock, event),
      };
    case 'RedirectionProposed':
    case 'RedirectionApproved':
    case 'RedirectionActivated':
    case 'RedirectionLegDelivered':
      return { ...state, redirections: evolveRedirections(redirections, event) };
    case 'ShipmentRedirected':
    case 'CommitmentRedirected':
      return redirected(loaded(state, event), event);
    case 'ExposureChanged':
      return { ...state, exposures: evolveExposures(exposures, event) };
  }
}

function loaded(state: LedgerState, event: DecidedEvent<LoadEvent>): LedgerState {
  return { ...state, sites: evolveLoad(state.sites, event) };
}

function redirected(state: LedgerState, event: DecidedEvent<ShipmentRedirected | CommitmentRedirected>): LedgerState {
  const redirections = evolveRedirections(state.redirections, event);
  return event.type === 'ShipmentRedirected'
    ? { ...state, redirections, shipments: evolveShipments(state.shipments, event) }
    : { ...state, redirections, orders: evolveOrders(state.orders, event) };
}
