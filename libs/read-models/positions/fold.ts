import type {
  LedgerEvent,
  LedgerEventType,
  OrderApproved,
  ReceiptAccepted,
  ReceiptCorrected,
  ReplacementPromised,
  ShipmentReceived,
  ShortfallCancelled,
  StockMoved,
  TitleTransferred,
  TrancheResited,
} from '#libs/domain';
import type { Id } from '#libs/kernel';
import { EventTypeUnknown } from '../errors.ts';
import type { Bucket, Movement } from './movement.ts';

/** The signed units that `event` adds to positions, none of them zero. Throws EventTypeUnknown. */
export function positionMovements(event: LedgerEvent): readonly Movement[] {
  return movementsOf(event).filter(({ quantity }) => quantity !== 0);
}

function movementsOf(event: LedgerEvent): readonly Movement[] {
  if (!Object.hasOwn(MOVEMENTS, event.type)) throw new EventTypeUnknown(event.type);
  const fold: (data: never) => readonly Movement[] = MOVEMENTS[event.type];
  return fold(event.data as never);
}

type Fold<Type extends LedgerEventType> = (
  data: Extract<LedgerEvent, { readonly type: Type }>['data'],
) => readonly Movement[];

const nothing = () => [];

/** Every event there is: this fold is the one that refuses an event of a later release, before any other sees it. */
const MOVEMENTS: { readonly [Type in LedgerEventType]: Fold<Type> } = {
  OpeningBalanceRecorded: (lot) => [units(lot, 'accepted', lot.quantity), units(lot, 'energised', lot.energised)],
  OrderApproved: opened,
  TrancheResited: resited,
  TrancheCancelled: (tranche) => moved(tranche.quantity, { from: [tranche, 'open'], to: [tranche, 'cancelled'] }),
  ReplacementPromised: (shortfall) => resolved(shortfall, 'open'),
  ShipmentDispatched: (shipment) => moved(shipment.quantity, { from: [shipment, 'open'], to: [shipment, 'inTransit'] }),
  ShipmentRedirected: (leg) => redirected(leg, 'inTransit'),
  CommitmentRedirected: (leg) => redirected(leg, 'open'),
  ShipmentReceived: received,
  ReceiptAccepted: accepted,
  ReceiptCorrected: corrected,
  ShortfallCancelled: (shortfall) => resolved(shortfall, 'cancelled'),
  TitleTransferred: transferred,
  StockMoved: stockMoved,
  UnitsEnergised: (lot) => [units(lot, 'energised', lot.quantity)],
  ExposureChanged: (debt) => owed(debt, debt.units),
  ExposureWaived: (debt) => owed(debt, -debt.quantity),
  CompanyRegistered: nothing,
  SkuRegistered: nothing,
  EndUserScreened: nothing,
  SiteRegistered: nothing,
  CapacityUnavailable: nothing,
  CapacityRestored: nothing,
  OverloadAllowed: nothing,
  BudgetApproved: nothing,
  FundsCommitted: nothing,
  FundsConsumed: nothing,
  FundsReleased: nothing,
  FundsMoved: nothing,
  OrderPlaced: nothing,
  OrderRejected: nothing,
  TrancheConfirmed: nothing,
  TrancheRescheduled: nothing,
  EtaRevised: nothing,
  ShipmentHeld: nothing,
  ShipmentReleased: nothing,
  RedirectionProposed: nothing,
  RedirectionApproved: nothing,
  RedirectionRejected: nothing,
  RedirectionWithdrawn: nothing,
  RedirectionActivated: nothing,
  RedirectionLegDelivered: nothing,
  PublicClaimRecorded: nothing,
};

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

function resited({ companyId, skuId, quantity, fromSiteId, toSiteId }: TrancheResited['data']): readonly Movement[] {
  return moved(quantity, {
    from: [{ companyId, skuId, siteId: fromSiteId }, 'open'],
    to: [{ companyId, skuId, siteId: toSiteId }, 'open'],
  });
}

/** Units short or rejected are given up, or open again. */
function resolved(
  shortfall: (ReplacementPromised | ShortfallCancelled)['data'],
  into: 'open' | 'cancelled',
): readonly Movement[] {
  return [
    units(shortfall, 'short', -shortfall.shortUnits),
    units(shortfall, 'rejected', -shortfall.rejectedUnits),
    units(shortfall, into, shortfall.quantity),
  ];
}

function corrected(correction: ReceiptCorrected['data']): readonly Movement[] {
  const { companyId: debtorId, originCompanyId: creditorId, skuId, delta } = correction;
  return [
    ...moved(delta, { from: [correction, 'short'], to: [correction, 'accepted'] }),
    ...(debtorId === creditorId ? [] : owed({ debtorId, creditorId, skuId }, delta)),
  ];
}

function transferred({ fromCompanyId, toCompanyId, skuId, siteId, quantity }: TitleTransferred['data']) {
  return moved(quantity, {
    from: [{ companyId: fromCompanyId, skuId, siteId }, 'accepted'],
    to: [{ companyId: toCompanyId, skuId, siteId }, 'accepted'],
  });
}

function stockMoved({ companyId, skuId, fromSiteId, toSiteId, quantity }: StockMoved['data']): readonly Movement[] {
  return moved(quantity, {
    from: [{ companyId, skuId, siteId: fromSiteId }, 'accepted'],
    to: [{ companyId, skuId, siteId: toSiteId }, 'accepted'],
  });
}

interface Debt {
  readonly debtorId: Id;
  readonly creditorId: Id;
  readonly skuId: Id;
}

function owed({ debtorId, creditorId, skuId }: Debt, quantity: number): readonly Movement[] {
  const side = { skuId, siteId: null, bucket: 'owed' } as const;
  return [
    { ...side, companyId: creditorId, counterpartyId: debtorId, quantity },
    { ...side, companyId: debtorId, counterpartyId: creditorId, quantity: -quantity },
  ];
}
