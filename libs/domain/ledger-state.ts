import { UnknownEventType, type DecidedEvent, type DomainEvent } from '#libs/kernel';
import type { ApprovalEvent } from './approval/events.ts';
import { evolveLimits, noLimits, type LimitState } from './approval/limits.ts';
import { evolveAmendments, noAmendments, type AmendmentHistory, type AmendmentState } from './amendment/state.ts';
import { evolveFourEyes, noFourEyes, type FourEyesState } from './approval/requests.ts';
import { evolveClaims, noClaims, type ClaimState } from './claim/state.ts';
import type { LedgerEvent } from './events.ts';
import type { EvidenceAttached } from './evidence/events.ts';
import { evolveEvidence, noEvidence, type EvidenceState } from './evidence/state.ts';
import { evolveFunds, noFunds, type FundsState } from './funds/state.ts';
import type { TrancheAmended } from './amendment/events.ts';
import type { ReplacementPromised, TrancheCancelled } from './order/events.ts';
import { evolveOrders, noOrders, type OrderState } from './order/state.ts';
import { evolveParties, noParties, type PartyState } from './party/state.ts';
import { evolveExposures, noExposures, type ExposureState } from './redirection/exposure.ts';
import type { CommitmentRedirected, ShipmentRedirected } from './redirection/events.ts';
import { evolveRedirections, noRedirections, type RedirectionState } from './redirection/state.ts';
import type { ReturnConfirmed, UnitsReturned } from './return/events.ts';
import { evolveReturns, noReturns, type ReturnState } from './return/state.ts';
import type { ReceiptAccepted, ReceiptCorrected, ShipmentDispatched, ShortfallCancelled } from './shipment/events.ts';
import { evolveShipments, noShipments, type ShipmentState } from './shipment/state.ts';
import { evolveLoad, type LoadEvent } from './site/load.ts';
import { evolveOverrides, noOverrides, type OverrideState } from './site/overrides.ts';
import { evolveSites, noSites, type SiteState } from './site/state.ts';
import { evolveStock, noStock, type StockState } from './stock/state.ts';

/** All that decisions need of a ledger: one immutable state an area. */
export interface LedgerState {
  readonly parties: PartyState;
  readonly sites: SiteState;
  readonly stock: StockState;
  readonly funds: FundsState;
  readonly orders: OrderState;
  readonly amendments: AmendmentState;
  readonly shipments: ShipmentState;
  readonly returns: ReturnState;
  readonly redirections: RedirectionState;
  readonly exposures: ExposureState;
  readonly overrides: OverrideState;
  readonly claims: ClaimState;
  readonly evidence: EvidenceState;
  readonly limits: LimitState;
  readonly fourEyes: FourEyesState;
}

export const emptyLedger: LedgerState = {
  parties: noParties,
  sites: noSites,
  stock: noStock,
  funds: noFunds,
  orders: noOrders,
  amendments: noAmendments,
  shipments: noShipments,
  returns: noReturns,
  redirections: noRedirections,
  exposures: noExposures,
  overrides: noOverrides,
  claims: noClaims,
  evidence: noEvidence,
  limits: noLimits,
  fourEyes: noFourEyes,
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
    case 'CapacityRestored':
      return { ...state, sites: evolveSites(sites, event) };
    case 'OverloadAllowed':
      return { ...state, sites: evolveSites(sites, event), overrides: evolveOverrides(state.overrides, event) };
    case 'OpeningBalanceRecorded':
    case 'StockMoved':
      return { ...loaded(state, event), stock: evolveStock(stock, event) };
    case 'TitleTransferred':
    case 'UnitsEnergised':
      return { ...state, stock: evolveStock(stock, event) };
    case 'BudgetApproved':
    case 'FundsCommitted':
    case 'FundsConsumed':
    case 'FundsReleased':
    case 'FundsMoved':
      return { ...state, funds: evolveFunds(funds, event) };
    case 'RedirectionProposed':
    case 'RedirectionApproved':
    case 'RedirectionActivated':
    case 'RedirectionLegDelivered':
    case 'RedirectionRejected':
    case 'RedirectionWithdrawn':
      return { ...state, redirections: evolveRedirections(redirections, event) };
    case 'ExposureChanged':
    case 'ExposureWaived':
      return { ...state, exposures: evolveExposures(exposures, event) };
    case 'PublicClaimRecorded':
      return { ...state, claims: evolveClaims(state.claims, event) };
    case 'OrderPlaced':
    case 'OrderRejected':
    case 'TrancheSplit':
      return { ...state, orders: evolveOrders(orders, event) };
    case 'OrderApproved':
    case 'TrancheConfirmed':
    case 'TrancheRescheduled':
    case 'TrancheResited':
    case 'TrancheAdded':
      return { ...loaded(state, event), orders: evolveOrders(orders, event) };
    case 'ShipmentHeld':
    case 'ShipmentReleased':
    case 'ShipmentSplit':
      return { ...state, shipments: evolveShipments(shipments, event) };
    case 'ShipmentReceived':
    case 'ShipmentLost':
    case 'EtaRevised':
      return { ...loaded(state, event), shipments: evolveShipments(shipments, event) };
    default:
      return evolveOthers(state, event);
  }
}

/** Hands on what people agree on, and what several areas take note of. */
function evolveOthers(state: LedgerState, event: DecidedEvent<AgreedEvent | CrossingEvent>): LedgerState {
  switch (event.type) {
    case 'PolicyAdopted':
    case 'CommandRequested':
    case 'RequestApproved':
    case 'RequestRejected':
    case 'RequestWithdrawn':
      return { ...state, fourEyes: evolveFourEyes(state.fourEyes, event) };
    case 'AmendmentProposed':
    case 'AmendmentApproved':
    case 'AmendmentConfirmed':
    case 'AmendmentRejected':
    case 'AmendmentWithdrawn':
      return { ...state, amendments: evolveAmendments(state.amendments, event) };
    case 'ReturnConfirmed':
      return { ...state, returns: evolveReturns(state.returns, event) };
    case 'EvidenceAttached':
      return { ...state, evidence: evolveEvidence(state.evidence, event) };
    case 'ApprovalLimitSet':
      return { ...state, limits: evolveLimits(state.limits, event) };
    default:
      return acrossAreas(state, event);
  }
}

type AgreedEvent = AmendmentHistory | ReturnConfirmed | ApprovalEvent | EvidenceAttached;

type CrossingEvent =
  | TrancheCancelled
  | TrancheAmended
  | ReplacementPromised
  | ShipmentDispatched
  | ShipmentRedirected
  | CommitmentRedirected
  | ReceiptAccepted
  | ReceiptCorrected
  | UnitsReturned
  | ShortfallCancelled;

/** Events that several areas take note of. */
function acrossAreas(state: LedgerState, event: DecidedEvent<CrossingEvent>): LedgerState {
  const { stock, orders, shipments, redirections } = state;
  switch (event.type) {
    case 'TrancheCancelled':
    case 'TrancheAmended':
    case 'CommitmentRedirected':
      return {
        ...loaded(state, event),
        orders: evolveOrders(orders, event),
        redirections: evolveRedirections(redirections, event),
      };
    case 'ShipmentDispatched':
    case 'ReplacementPromised':
      return {
        ...loaded(state, event),
        orders: evolveOrders(orders, event),
        shipments: evolveShipments(shipments, event),
      };
    case 'ShipmentRedirected':
      return {
        ...loaded(state, event),
        shipments: evolveShipments(shipments, event),
        redirections: evolveRedirections(redirections, event),
      };
    case 'ReceiptAccepted':
      return {
        ...loaded(state, event),
        shipments: evolveShipments(shipments, event),
        stock: evolveStock(stock, event),
      };
    case 'ReceiptCorrected':
      return acceptedAgain(state, event);
    case 'UnitsReturned':
      return { ...acceptedAgain(state, event), returns: evolveReturns(state.returns, event) };
    case 'ShortfallCancelled':
      return {
        ...state,
        shipments: evolveShipments(shipments, event),
        redirections: evolveRedirections(redirections, event),
      };
    default:
      throw new UnknownEventType((event satisfies never as DomainEvent).type);
  }
}

/** Units that were accepted no longer are, or the other way round. */
function acceptedAgain(state: LedgerState, event: DecidedEvent<ReceiptCorrected | UnitsReturned>): LedgerState {
  return {
    ...loaded(state, event),
    shipments: evolveShipments(state.shipments, event),
    stock: evolveStock(state.stock, event),
    funds: evolveFunds(state.funds, event),
    redirections: evolveRedirections(state.redirections, event),
    exposures: evolveExposures(state.exposures, event),
  };
}

function loaded(state: LedgerState, event: DecidedEvent<LoadEvent>): LedgerState {
  return { ...state, sites: evolveLoad(state.sites, event) };
}
