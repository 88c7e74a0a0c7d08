import type {
  CommitmentRedirected,
  LedgerEvent,
  OrderApproved,
  ReceiptAccepted,
  ReplacementPromised,
  ShipmentReceived,
  ShipmentRedirected,
  Slip,
  TrancheConfirmed,
} from '#libs/domain';
import type { Day } from '#libs/kernel';
import { added, amendedTranche } from './amendment.ts';
import { cancelled, dispatched } from './dispatch.ts';
import { causesOf, NO_FIGURES, type LineEffect } from './effect.ts';
import { shipmentSplit, trancheSplit } from './split.ts';
import { shipmentLineId, trancheLineId, type Line, type LineFacts, type LineId } from './line.ts';

type ScheduleEvent = LedgerEvent & { readonly effectiveAt: Day };

/** The lines that `event` opens, amends or looks at, without a look at any of them. */
export function linesTouched(event: LedgerEvent): readonly LineId[] {
  switch (event.type) {
    case 'OrderApproved':
      return event.data.tranches.map(({ trancheId }) => trancheLineId({ orderId: event.data.orderId, trancheId }));
    case 'TrancheConfirmed':
    case 'TrancheRescheduled':
    case 'TrancheResited':
    case 'TrancheAmended':
    case 'TrancheAdded':
    case 'TrancheCancelled':
    case 'ReplacementPromised':
    case 'CommitmentRedirected':
      return [trancheLineId(event.data)];
    case 'ShipmentDispatched':
      return [trancheLineId(event.data), shipmentLineId(event.data)];
    case 'TrancheSplit':
      return [trancheLineId(event.data), trancheLineId({ ...event.data, trancheId: event.data.newTrancheId })];
    case 'ShipmentSplit':
      return [shipmentLineId(event.data), shipmentLineId({ ...event.data, shipmentId: event.data.newShipmentId })];
    case 'EtaRevised':
    case 'ShipmentHeld':
    case 'ShipmentReleased':
    case 'ShipmentRedirected':
    case 'ShipmentReceived':
    case 'ReceiptAccepted':
    case 'ShipmentLost':
    case 'ReceiptCorrected':
    case 'UnitsReturned':
      return [shipmentLineId(event.data)];
    default:
      return [];
  }
}

/**
 * What `event` does to the schedule. `lineAt` gives a line as it stood before the event on the event's effective day.
 * Throws LineUnknown when a dispatch speaks of a tranche that no event opened.
 */
export function lineEffects(event: ScheduleEvent, lineAt: (lineId: LineId) => Line | undefined): readonly LineEffect[] {
  switch (event.type) {
    case 'OrderApproved':
      return opened(event.data);
    case 'TrancheConfirmed':
      return [confirmed(event.data)];
    case 'TrancheRescheduled':
      return [expectedOn(trancheLineId(event.data), event.data.expectedDate, event.data)];
    case 'TrancheResited':
      return [amending(trancheLineId(event.data), { siteId: event.data.toSiteId })];
    case 'TrancheAmended':
      return [amendedTranche(event.data, lineAt(trancheLineId(event.data)))];
    case 'TrancheAdded':
      return [added(event.data)];
    case 'TrancheCancelled':
      return [cancelled(event.data, lineAt(trancheLineId(event.data)))];
    case 'ReplacementPromised':
      return [replaced(event.data)];
    case 'CommitmentRedirected':
      return [redirected(trancheLineId(event.data), event.data)];
    case 'ShipmentDispatched':
      return dispatched(event.data, lineAt(trancheLineId(event.data)));
    case 'ShipmentRedirected':
      return [redirected(shipmentLineId(event.data), event.data)];
    case 'EtaRevised':
      return [expectedOn(shipmentLineId(event.data), event.data.eta, event.data)];
    case 'ShipmentHeld':
      return [amending(shipmentLineId(event.data), { status: 'held' })];
    case 'ShipmentReleased':
      return [amending(shipmentLineId(event.data), { status: 'inTransit' })];
    case 'TrancheSplit':
      return trancheSplit(event.data, lineAt(trancheLineId(event.data)));
    case 'ShipmentSplit':
      return shipmentSplit(event.data, lineAt(shipmentLineId(event.data)));
    case 'ShipmentLost':
      return [{ ...adding(shipmentLineId(event.data), -event.data.quantity), amends: { status: 'lost' } }];
    case 'ReceiptCorrected':
      return [adding(shipmentLineId(event.data), event.data.delta)];
    case 'UnitsReturned':
      return [adding(shipmentLineId(event.data), 0 - event.data.acceptedUnits)];
    case 'ShipmentReceived':
      return [received(event.data)];
    case 'ReceiptAccepted':
      return [accepted(event.data, event.effectiveAt)];
    default:
      return [];
  }
}

function opened({ orderId, companyId, supplierId, skuId, tranches }: OrderApproved['data']): readonly LineEffect[] {
  return tranches.map((tranche) => added({ ...tranche, orderId, companyId, supplierId, skuId }));
}

function confirmed(promise: TrancheConfirmed['data']): LineEffect {
  const { promisedDate, previousExpectedDate, firstPromise, slips } = promise;
  return {
    lineId: trancheLineId(promise),
    amends: {
      promisedDate,
      expectedDate: promisedDate,
      ...(firstPromise ? { firstPromisedDate: promisedDate } : {}),
    },
    adds: {
      quantity: 0,
      dateChanges: firstPromise || promisedDate === previousExpectedDate ? 0 : 1,
      causes: causesOf(slips),
    },
  };
}

/** Another day for what is already promised or on the way. */
function expectedOn(
  lineId: LineId,
  expectedDate: Day,
  { previousExpectedDate, slips }: { readonly previousExpectedDate: Day; readonly slips: readonly Slip[] },
): LineEffect {
  const dateChanges = expectedDate === previousExpectedDate ? 0 : 1;
  return { lineId, amends: { expectedDate }, adds: { quantity: 0, dateChanges, causes: causesOf(slips) } };
}

function amending(lineId: LineId, amends: Partial<LineFacts>): LineEffect {
  return { lineId, amends, adds: NO_FIGURES };
}

function adding(lineId: LineId, quantity: number): LineEffect {
  return { lineId, adds: { ...NO_FIGURES, quantity } };
}

function replaced(promise: ReplacementPromised['data']): LineEffect {
  const { orderId, trancheId, orderingCompanyId, companyId, supplierId, skuId, siteId, expectedDate, quantity } =
    promise;
  return {
    lineId: trancheLineId(promise),
    opens: {
      ...{ orderId, trancheId, shipmentId: null, orderingCompanyId, companyId, billedCompanyId: companyId },
      ...{ supplierId, skuId, siteId, status: 'confirmed', actualDate: null },
      ...{ requestedDate: expectedDate, firstPromisedDate: expectedDate, promisedDate: expectedDate, expectedDate },
    },
    adds: { quantity, dateChanges: 0, causes: causesOf(promise.slips) },
  };
}

function redirected(lineId: LineId, to: (CommitmentRedirected | ShipmentRedirected)['data']): LineEffect {
  return {
    lineId,
    amends: { companyId: to.toCompanyId, billedCompanyId: to.toCompanyId, siteId: to.toSiteId },
    adds: NO_FIGURES,
  };
}

function received(receipt: ShipmentReceived['data']): LineEffect {
  return {
    lineId: shipmentLineId(receipt),
    amends: { status: 'atDock' },
    adds: { ...NO_FIGURES, quantity: receipt.counted - receipt.shipped },
  };
}

function accepted(receipt: ReceiptAccepted['data'], actualDate: Day): LineEffect {
  return {
    lineId: shipmentLineId(receipt),
    amends: { status: 'accepted', actualDate },
    adds: { quantity: receipt.accepted - receipt.counted, dateChanges: 0, causes: causesOf(receipt.slips) },
  };
}
