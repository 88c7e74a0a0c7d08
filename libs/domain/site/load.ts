import { dayNumber, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import type { TrancheAdded, TrancheAmended } from '../amendment/events.ts';
import type {
  OrderApproved,
  ReplacementPromised,
  TrancheCancelled,
  TrancheConfirmed,
  TrancheRescheduled,
  TrancheResited,
} from '../order/events.ts';
import type { CommitmentRedirected, ShipmentRedirected } from '../redirection/events.ts';
import type { UnitsReturned } from '../return/events.ts';
import type {
  EtaRevised,
  ReceiptAccepted,
  ReceiptCorrected,
  ShipmentDispatched,
  ShipmentLost,
  ShipmentReceived,
} from '../shipment/events.ts';
import type { OpeningBalanceRecorded, StockMoved } from '../stock/events.ts';
import { changeSite, type SiteState } from './state.ts';
import { addUnits } from './unit-series.ts';

/** What puts units on a site, on the way to it or on its dock. */
export type LoadEvent =
  | OpeningBalanceRecorded
  | OrderApproved
  | TrancheConfirmed
  | ShipmentDispatched
  | ShipmentRedirected
  | CommitmentRedirected
  | ShipmentReceived
  | ShipmentLost
  | ReceiptAccepted
  | TrancheRescheduled
  | TrancheResited
  | TrancheCancelled
  | TrancheAmended
  | TrancheAdded
  | ReplacementPromised
  | EtaRevised
  | ReceiptCorrected
  | UnitsReturned
  | StockMoved;

export function evolveLoad(state: SiteState, event: DecidedEvent<LoadEvent>): SiteState {
  const { type, data } = event;
  switch (type) {
    case 'OpeningBalanceRecorded':
      return stand(state, data.siteId, data.quantity, 0);
    case 'OrderApproved':
      return data.tranches.reduce(
        (sites, { siteId, requestedDate, quantity }) => expect(sites, siteId, requestedDate, quantity),
        state,
      );
    case 'TrancheConfirmed':
      return shift(state, data.siteId, data.previousExpectedDate, data.promisedDate, data.quantity);
    case 'ShipmentDispatched':
      return shift(state, data.siteId, data.previousExpectedDate, data.eta, data.quantity);
    case 'ShipmentRedirected':
    case 'CommitmentRedirected':
    case 'TrancheResited': {
      const left = expect(state, data.fromSiteId, data.expectedDate, -data.quantity);
      return expect(left, data.toSiteId, data.expectedDate, data.quantity);
    }
    case 'TrancheRescheduled':
      return shift(state, data.siteId, data.previousExpectedDate, data.expectedDate, data.quantity);
    case 'TrancheAmended': {
      const left = expect(state, data.siteId, data.previousExpectedDate, -data.previousQuantity);
      return expect(left, data.siteId, data.expectedDate, data.quantity);
    }
    case 'TrancheAdded':
      return expect(state, data.siteId, data.requestedDate, data.quantity);
    case 'TrancheCancelled':
    case 'ShipmentLost':
      return expect(state, data.siteId, data.expectedDate, -data.quantity);
    case 'ReplacementPromised':
      return expect(state, data.siteId, data.expectedDate, data.quantity);
    case 'EtaRevised':
      return shift(state, data.siteId, data.previousExpectedDate, data.eta, data.quantity);
    case 'ReceiptCorrected':
      return stand(state, data.siteId, data.delta, 0);
    case 'UnitsReturned':
      return data.acceptedUnits === 0 ? state : stand(state, data.siteId, -data.acceptedUnits, 0);
    case 'StockMoved':
      return stand(stand(state, data.fromSiteId, -data.quantity, 0), data.toSiteId, data.quantity, 0);
    case 'ShipmentReceived':
      return stand(expect(state, data.siteId, data.expectedDate, -data.shipped), data.siteId, 0, data.counted);
    case 'ReceiptAccepted':
      return stand(state, data.siteId, data.accepted, -data.counted);
  }
}

/** `units` more are expected at the site on `day`; units not yet placed load no site. */
function expect(state: SiteState, siteId: Id | null, day: Day, units: number): SiteState {
  if (siteId === null) return state;
  return changeSite(state, siteId, (site) => ({ ...site, inbound: addUnits(site.inbound, dayNumber(day), units) }));
}

function shift(state: SiteState, siteId: Id | null, from: Day, to: Day, units: number): SiteState {
  return from === to ? state : expect(expect(state, siteId, from, -units), siteId, to, units);
}

function stand(state: SiteState, siteId: Id, standing: number, dock: number): SiteState {
  return changeSite(state, siteId, (site) => ({
    ...site,
    standingUnits: site.standingUnits + standing,
    dockUnits: site.dockUnits + dock,
  }));
}
