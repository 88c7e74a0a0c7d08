import type {
  EtaRevised,
  LedgerEvent,
  LedgerEventType,
  OrderApproved,
  ReceiptAccepted,
  ReceiptCorrected,
  ReplacementPromised,
  ShipmentDispatched,
  ShipmentLost,
  ShipmentReceived,
  ShortfallCancelled,
  StockMoved,
  TitleTransferred,
  TrancheCancelled,
  TrancheAmended,
  TrancheConfirmed,
  TrancheRescheduled,
  TrancheResited,
  UnitsReturned,
} from '#libs/domain';
import type { Day, Id } from '#libs/kernel';
import { EventTypeUnknown } from '../errors.ts';
import { moved, owed, units } from './moved.ts';
import type { Bucket, Movement } from './movement.ts';
import { WITHOUT_UNITS } from './without-units.ts';

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

/** Every event there is: this fold is the one that refuses an event of a later release, before any other sees it. */
const MOVEMENTS: { readonly [Type in LedgerEventType]: Fold<Type> } = {
  OpeningBalanceRecorded: (lot) => [units(lot, 'accepted', lot.quantity), units(lot, 'energised', lot.energised)],
  OrderApproved: opened,
  TrancheResited: resited,
  TrancheConfirmed: (tranche) => redated(tranche, 'open', tranche.promisedDate),
  TrancheRescheduled: (tranche) => redated(tranche, 'open', tranche.expectedDate),
  TrancheCancelled: cancelled,
  TrancheAmended: amended,
  TrancheAdded: (tranche) => [units(tranche, 'open', tranche.quantity, tranche.requestedDate)],
  ReplacementPromised: (shortfall) => resolved(shortfall, 'open', shortfall.expectedDate),
  ShipmentDispatched: dispatched,
  EtaRevised: (shipment) => redated(shipment, 'inTransit', shipment.eta),
  ShipmentRedirected: (leg) => redirected(leg, 'inTransit'),
  CommitmentRedirected: (leg) => redirected(leg, 'open'),
  ShipmentReceived: received,
  ReceiptAccepted: accepted,
  ShipmentLost: lost,
  ReceiptCorrected: corrected,
  UnitsReturned: returned,
  ShortfallCancelled: (shortfall) => resolved(shortfall, 'cancelled', null),
  TitleTransferred: transferred,
  StockMoved: stockMoved,
  UnitsEnergised: (lot) => [units(lot, 'energised', lot.quantity)],
  ExposureChanged: (debt) => owed(debt, debt.units),
  ExposureWaived: (debt) => owed(debt, -debt.quantity),
  ...WITHOUT_UNITS,
};

function opened({ companyId, skuId, tranches }: OrderApproved['data']): readonly Movement[] {
  return tranches.map(({ siteId, quantity, requestedDate }) =>
    units({ companyId, skuId, siteId }, 'open', quantity, requestedDate),
  );
}

type Redated = (TrancheConfirmed | TrancheRescheduled | EtaRevised)['data'];

/** The units stay in their bucket and are expected on another day. */
function redated(expected: Redated, bucket: 'open' | 'inTransit', dueOn: Day): readonly Movement[] {
  const { quantity, previousExpectedDate } = expected;
  if (dueOn === previousExpectedDate) return [];
  return moved(quantity, { from: [expected, bucket, previousExpectedDate], to: [expected, bucket, dueOn] });
}

function dispatched(shipment: ShipmentDispatched['data']): readonly Movement[] {
  const { quantity, eta, previousExpectedDate } = shipment;
  return moved(quantity, { from: [shipment, 'open', previousExpectedDate], to: [shipment, 'inTransit', eta] });
}

function cancelled(tranche: TrancheCancelled['data']): readonly Movement[] {
  const { quantity, expectedDate } = tranche;
  return moved(quantity, { from: [tranche, 'open', expectedDate], to: [tranche, 'cancelled'] });
}

/** What is open on its day, in place of what was open on another. */
function amended(tranche: TrancheAmended['data']): readonly Movement[] {
  const { quantity, previousQuantity, expectedDate, previousExpectedDate } = tranche;
  if (expectedDate === previousExpectedDate) return [units(tranche, 'open', quantity - previousQuantity, expectedDate)];
  return [
    units(tranche, 'open', -previousQuantity, previousExpectedDate),
    units(tranche, 'open', quantity, expectedDate),
  ];
}

interface RedirectedUnits {
  readonly skuId: Id;
  readonly quantity: number;
  readonly fromCompanyId: Id;
  readonly fromSiteId: Id | null;
  readonly toCompanyId: Id;
  readonly toSiteId: Id;
  readonly expectedDate: Day;
}

function redirected(leg: RedirectedUnits, bucket: Bucket): readonly Movement[] {
  const giver = { companyId: leg.fromCompanyId, skuId: leg.skuId, siteId: leg.fromSiteId };
  const taker = { companyId: leg.toCompanyId, skuId: leg.skuId, siteId: leg.toSiteId };
  const { quantity, expectedDate } = leg;
  return moved(quantity, { from: [giver, bucket, expectedDate], to: [taker, bucket, expectedDate] });
}

function received(receipt: ShipmentReceived['data']): readonly Movement[] {
  return [
    units(receipt, 'inTransit', -receipt.shipped, receipt.expectedDate),
    units(receipt, 'atDock', receipt.counted),
    units(receipt, 'short', receipt.short),
    units(receipt, 'over', receipt.over),
  ];
}

function lost(shipment: ShipmentLost['data']): readonly Movement[] {
  const { quantity, expectedDate } = shipment;
  return moved(quantity, { from: [shipment, 'inTransit', expectedDate], to: [shipment, 'short'] });
}

function accepted(receipt: ReceiptAccepted['data']): readonly Movement[] {
  return [
    units(receipt, 'atDock', -receipt.counted),
    units(receipt, 'accepted', receipt.accepted),
    units(receipt, 'rejected', receipt.rejected),
  ];
}

function resited(tranche: TrancheResited['data']): readonly Movement[] {
  const { companyId, skuId, quantity, fromSiteId, toSiteId, expectedDate } = tranche;
  return moved(quantity, {
    from: [{ companyId, skuId, siteId: fromSiteId }, 'open', expectedDate],
    to: [{ companyId, skuId, siteId: toSiteId }, 'open', expectedDate],
  });
}

/** Units short or rejected are given up, or open again. */
function resolved(
  shortfall: (ReplacementPromised | ShortfallCancelled)['data'],
  into: 'open' | 'cancelled',
  dueOn: Day | null,
): readonly Movement[] {
  return [
    units(shortfall, 'short', -shortfall.shortUnits),
    units(shortfall, 'rejected', -shortfall.rejectedUnits),
    units(shortfall, into, shortfall.quantity, dueOn),
  ];
}

function corrected(correction: ReceiptCorrected['data']): readonly Movement[] {
  const { companyId: debtorId, originCompanyId: creditorId, skuId, delta } = correction;
  return [
    ...moved(delta, { from: [correction, 'short'], to: [correction, 'accepted'] }),
    ...(debtorId === creditorId ? [] : owed({ debtorId, creditorId, skuId }, delta)),
  ];
}

/** Only those that were accepted leave their bucket. */
function returned(sent: UnitsReturned['data']): readonly Movement[] {
  const { companyId: debtorId, originCompanyId: creditorId, skuId, acceptedUnits } = sent;
  return [
    ...moved(acceptedUnits, { from: [sent, 'accepted'], to: [sent, 'rejected'] }),
    ...(debtorId === creditorId ? [] : owed({ debtorId, creditorId, skuId }, -acceptedUnits)),
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
