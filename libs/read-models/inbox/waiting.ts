import type { LedgerEvent } from '#libs/domain';
import { compareExact, type Day, type DecidedEvent, type Id } from '#libs/kernel';

/** What can wait for somebody. A further kind is one name here, its events in the two folds below, and one row where the edge says who acts on it. */
export const WAITING_KINDS = [
  'order',
  'redirection',
  'request',
  'amendment',
  'amendedOrder',
  'tranche',
  'dock',
  'shortfall',
  'return',
] as const;

export type WaitingKind = (typeof WAITING_KINDS)[number];

/** That something came up: for whom, how many units (1 where there is nothing to count), who asked for it, and what it is about. */
export interface WaitingThing {
  readonly kind: WaitingKind;
  /** Its ids, joined by `/`. */
  readonly thing: string;
  /** Null: the group. */
  readonly companyId: Id | null;
  readonly units: number;
  /** Pseudonym of who asked and may not approve; null where anybody may act on it. */
  readonly askedBy: string | null;
  readonly about: Readonly<Record<string, string | number | null>>;
}

/** What became of it. `companyId` null: for every company; `units` null: all of it waits no more. */
export interface WaitingChange {
  readonly kind: WaitingKind;
  readonly thing: string;
  readonly companyId: Id | null;
  readonly units: number | null;
}

/** What comes up by `event`. */
export function thingsOf({ type, data, actor }: DecidedEvent<LedgerEvent>): readonly WaitingThing[] {
  switch (type) {
    case 'OrderPlaced': {
      const { orderId, companyId, supplierId, skuId, tranches } = data;
      const quantity = tranches.reduce((sum, tranche) => sum + tranche.quantity, 0);
      return [{ ...one('order', orderId, companyId), askedBy: actor, about: { orderId, supplierId, skuId, quantity } }];
    }
    case 'RedirectionProposed': {
      const { redirectionId, reason, legs, parties } = data;
      const about = { redirectionId, reason, legs: legs.length };
      return parties.map((companyId) => ({ ...one('redirection', redirectionId, companyId), askedBy: actor, about }));
    }
    case 'CommandRequested': {
      const { requestId, companyId, command } = data;
      return [{ ...one('request', requestId, companyId), askedBy: actor, about: { requestId, command: command.type } }];
    }
    case 'AmendmentProposed':
      return [compareExact(data.addedCents, 0) > 0 ? amendmentToApprove(data, actor) : amendmentToConfirm(data)];
    case 'AmendmentApproved':
      return [amendmentToConfirm(data)];
    case 'OrderApproved':
      return data.tranches.map((tranche) => trancheToPromise({ ...data, ...tranche }));
    case 'TrancheAdded':
      return [trancheToPromise(data)];
    case 'TrancheSplit':
      return data.firstPromisedDate === null ? [trancheToPromise({ ...data, trancheId: data.newTrancheId })] : [];
    case 'ShipmentReceived': {
      const { shipmentId, companyId, siteId, skuId, counted } = data;
      return [{ ...one('dock', shipmentId, companyId), about: { shipmentId, siteId, skuId, counted } }];
    }
    case 'ReceiptAccepted':
      return [shortfall(data, data.rejected)];
    case 'ShipmentLost':
      return [shortfall(data, data.quantity)];
    case 'UnitsReturned': {
      const { returnId, shipmentId, companyId, supplierId, skuId, quantity, reason } = data;
      const about = { returnId, shipmentId, companyId, skuId, reason };
      return [{ ...one('return', returnId, supplierId), units: quantity, about }];
    }
    default:
      return [];
  }
}

/** What `event` changes of what came up. */
export function changesOf({ type, data }: DecidedEvent<LedgerEvent>): readonly WaitingChange[] {
  switch (type) {
    case 'OrderApproved':
    case 'OrderRejected':
      return [over('order', data.orderId)];
    case 'RedirectionApproved':
      return [{ ...over('redirection', data.redirectionId), companyId: data.companyId }];
    case 'RedirectionRejected':
    case 'RedirectionWithdrawn':
      return [over('redirection', data.redirectionId)];
    case 'RequestApproved':
    case 'RequestRejected':
    case 'RequestWithdrawn':
      return [over('request', data.requestId)];
    case 'AmendmentApproved':
      return [over('amendment', data.amendmentId)];
    case 'AmendmentConfirmed':
    case 'AmendmentRejected':
    case 'AmendmentWithdrawn':
      return [over('amendment', data.amendmentId), over('amendedOrder', data.amendmentId)];
    case 'TrancheAmended':
      return [fewer('tranche', `${data.orderId}/${data.trancheId}`, data.previousQuantity - data.quantity)];
    case 'TrancheConfirmed':
      return [over('tranche', `${data.orderId}/${data.trancheId}`)];
    case 'TrancheSplit':
    case 'TrancheCancelled':
    case 'ShipmentDispatched':
      return [fewer('tranche', `${data.orderId}/${data.trancheId}`, data.quantity)];
    case 'ShipmentReceived':
      // Short at once, to be resolved once the rest is accepted.
      return data.short === 0 ? [] : [fewer('shortfall', data.shipmentId, -data.short)];
    case 'ReceiptAccepted':
      return [over('dock', data.shipmentId)];
    case 'ReceiptCorrected':
      return [fewer('shortfall', data.shipmentId, data.delta)];
    case 'ShortfallCancelled':
    case 'ReplacementPromised':
      return [fewer('shortfall', data.shipmentId, data.quantity)];
    case 'UnitsReturned':
      // Rejected by going back: to be resolved as those rejected at the dock.
      return data.acceptedUnits === 0 ? [] : [fewer('shortfall', data.shipmentId, -data.acceptedUnits)];
    case 'ReturnConfirmed':
      return [over('return', data.returnId)];
    default:
      return [];
  }
}

function one(kind: WaitingKind, thing: string, companyId: Id | null): Omit<WaitingThing, 'about'> {
  return { kind, thing, companyId, units: 1, askedBy: null };
}

interface Unpromised extends Readonly<Record<'orderId' | 'trancheId' | 'supplierId' | 'companyId' | 'skuId', Id>> {
  readonly requestedDate: Day;
  readonly quantity: number;
}

function trancheToPromise(tranche: Unpromised): WaitingThing {
  const { orderId, trancheId, supplierId, companyId, skuId, requestedDate, quantity } = tranche;
  const about = { orderId, trancheId, companyId, skuId, requestedDate };
  return { ...one('tranche', `${orderId}/${trancheId}`, supplierId), units: quantity, about };
}

type Amended = Readonly<Record<'amendmentId' | 'orderId' | 'companyId' | 'supplierId', Id>>;

function amendmentToApprove({ amendmentId, orderId, companyId }: Amended, askedBy: string): WaitingThing {
  return { ...one('amendment', amendmentId, companyId), askedBy, about: { amendmentId, orderId } };
}

function amendmentToConfirm({ amendmentId, orderId, companyId, supplierId }: Amended): WaitingThing {
  return { ...one('amendedOrder', amendmentId, supplierId), about: { amendmentId, orderId, companyId } };
}

function shortfall(
  { shipmentId, companyId, siteId, skuId }: Readonly<Record<'shipmentId' | 'companyId' | 'siteId' | 'skuId', Id>>,
  units: number,
): WaitingThing {
  return { ...one('shortfall', shipmentId, companyId), units, about: { shipmentId, siteId, skuId } };
}

function over(kind: WaitingKind, thing: string): WaitingChange {
  return { kind, thing, companyId: null, units: null };
}

function fewer(kind: WaitingKind, thing: string, units: number): WaitingChange {
  // Not -0, which a table does not keep.
  return { kind, thing, companyId: null, units: 0 - units };
}
