import type { ExposureChanged, LedgerEvent, OrderApproved, ReceiptAccepted, ShipmentReceived } from '#libs/domain';
import type { Id } from '#libs/kernel';
import { EventTypeUnknown } from '../errors.ts';
import type { Bucket, Movement } from './movement.ts';

/** The signed units that `event` adds to positions, none of them zero. Throws EventTypeUnknown. */
export function positionMovements(event: LedgerEvent): readonly Movement[] {
  return movementsOf(event).filter(({ quantity }) => quantity !== 0);
}

function movementsOf(event: LedgerEvent): readonly Movement[] {
  switch (event.type) {
    case 'OpeningBalanceRecorded':
      return [units(event.data, 'accepted', event.data.quantity), units(event.data, 'energised', event.data.energised)];
    case 'OrderApproved':
      return opened(event.data);
    case 'ShipmentDispatched':
      return moved(event.data.quantity, { from: [event.data, 'open'], to: [event.data, 'inTransit'] });
    case 'ShipmentRedirected':
      return redirected(event.data, 'inTransit');
    case 'CommitmentRedirected':
      return redirected(event.data, 'open');
    case 'ShipmentReceived':
      return received(event.data);
    case 'ReceiptAccepted':
      return accepted(event.data);
    case 'ExposureChanged':
      return owed(event.data);
    case 'CompanyRegistered':
    case 'SkuRegistered':
    case 'SiteRegistered':
    case 'CapacityUnavailable':
    case 'EndUserScreened':
    case 'BudgetApproved':
    case 'FundsCommitted':
    case 'FundsConsumed':
    case 'FundsMoved':
    case 'OrderPlaced':
    case 'TrancheConfirmed':
    case 'RedirectionProposed':
    case 'RedirectionApproved':
    case 'RedirectionActivated':
    case 'RedirectionLegDelivered':
      return [];
    default:
      throw new EventTypeUnknown((event satisfies never as LedgerEvent).type);
  }
}

interface Holder {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly siteId: Id | null;
}

function units({ companyId, skuId, siteId }: Holder, bucket: Bucket, quantity: number): Movement {
  return { companyId, skuId, siteId, bucket, counterpartyId: null, quantity };
}

type Place = readonly [holder: Holder, bucket: Bucket];

function moved(quantity: number, { from, to }: { from: Place; to: Place }): readonly Movement[] {
  return [units(...from, -quantity), units(...to, quantity)];
}

function opened({ companyId, skuId, tranches }: OrderApproved['data']): readonly Movement[] {
  return tranches.map(({ siteId, quantity }) => units({ companyId, skuId, siteId }, 'open', quantity));
}

interface RedirectedUnits {
  readonly skuId: Id;
  readonly quantity: number;
  readonly fromCompanyId: Id;
  readonly fromSiteId: Id | null;
  readonly toCompanyId: Id;
  readonly toSiteId: Id;
}

function redirected(leg: RedirectedUnits, bucket: Bucket): readonly Movement[] {
  const giver = { companyId: leg.fromCompanyId, skuId: leg.skuId, siteId: leg.fromSiteId };
  const taker = { companyId: leg.toCompanyId, skuId: leg.skuId, siteId: leg.toSiteId };
  return moved(leg.quantity, { from: [giver, bucket], to: [taker, bucket] });
}

function received(receipt: ShipmentReceived['data']): readonly Movement[] {
  return [
    units(receipt, 'inTransit', -receipt.shipped),
    units(receipt, 'atDock', receipt.counted),
    units(receipt, 'short', receipt.short),
    units(receipt, 'over', receipt.over),
  ];
}

function accepted(receipt: ReceiptAccepted['data']): readonly Movement[] {
  return [
    units(receipt, 'atDock', -receipt.counted),
    units(receipt, 'accepted', receipt.accepted),
    units(receipt, 'rejected', receipt.rejected),
  ];
}

function owed({ debtorId, creditorId, skuId, units: quantity }: ExposureChanged['data']): readonly Movement[] {
  const side = { skuId, siteId: null, bucket: 'owed' } as const;
  return [
    { ...side, companyId: creditorId, counterpartyId: debtorId, quantity },
    { ...side, companyId: debtorId, counterpartyId: creditorId, quantity: -quantity },
  ];
}
