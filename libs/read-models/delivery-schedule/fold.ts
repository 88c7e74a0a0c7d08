import type {
  CommitmentRedirected,
  LedgerEvent,
  OrderApproved,
  ReceiptAccepted,
  ShipmentReceived,
  ShipmentRedirected,
  TrancheConfirmed,
} from '#libs/domain';
import type { Day } from '#libs/kernel';
import { EventTypeUnknown } from '../errors.ts';
import { dispatched } from './dispatch.ts';
import { causesOf, NO_FIGURES, type LineEffect } from './effect.ts';
import { shipmentLineId, trancheLineId, type Line, type LineId } from './line.ts';

type ScheduleEvent = LedgerEvent & { readonly effectiveAt: Day };

/** The lines that `event` opens, amends or looks at, without a look at any of them. Throws EventTypeUnknown. */
export function linesTouched(event: LedgerEvent): readonly LineId[] {
  switch (event.type) {
    case 'OrderApproved':
      return event.data.tranches.map(({ trancheId }) => trancheLineId({ orderId: event.data.orderId, trancheId }));
    case 'TrancheConfirmed':
    case 'CommitmentRedirected':
      return [trancheLineId(event.data)];
    case 'ShipmentDispatched':
      return [trancheLineId(event.data), shipmentLineId(event.data)];
    case 'ShipmentRedirected':
    case 'ShipmentReceived':
    case 'ReceiptAccepted':
      return [shipmentLineId(event.data)];
    case 'CompanyRegistered':
    case 'SkuRegistered':
    case 'SiteRegistered':
    case 'CapacityUnavailable':
    case 'EndUserScreened':
    case 'OpeningBalanceRecorded':
    case 'BudgetApproved':
    case 'FundsCommitted':
    case 'FundsConsumed':
    case 'FundsMoved':
    case 'OrderPlaced':
    case 'RedirectionProposed':
    case 'RedirectionApproved':
    case 'RedirectionActivated':
    case 'RedirectionLegDelivered':
    case 'ExposureChanged':
      return [];
    default:
      throw new EventTypeUnknown((event satisfies never as LedgerEvent).type);
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
    case 'CommitmentRedirected':
      return [redirected(trancheLineId(event.data), event.data)];
    case 'ShipmentDispatched':
      return dispatched(event.data, lineAt(trancheLineId(event.data)));
    case 'ShipmentRedirected':
      return [redirected(shipmentLineId(event.data), event.data)];
    case 'ShipmentReceived':
      return [received(event.data)];
    case 'ReceiptAccepted':
      return [accepted(event.data, event.effectiveAt)];
    default:
      return [];
  }
}

function opened({ orderId, companyId, supplierId, skuId, tranches }: OrderApproved['data']): readonly LineEffect[] {
  return tranches.map(({ trancheId, quantity, requestedDate, siteId }) => ({
    lineId: trancheLineId({ orderId, trancheId }),
    opens: {
      orderId,
      trancheId,
      shipmentId: null,
      orderingCompanyId: companyId,
      companyId,
      billedCompanyId: companyId,
      supplierId,
      skuId,
      siteId,
      status: 'unconfirmed',
      requestedDate,
      firstPromisedDate: null,
      promisedDate: null,
      expectedDate: requestedDate,
      actualDate: null,
    },
    adds: { ...NO_FIGURES, quantity },
  }));
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
