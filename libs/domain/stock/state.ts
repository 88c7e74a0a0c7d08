import { DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import { laterDay, type Dated } from '../effective-day.ts';
import type { UnitsReturned } from '../return/events.ts';
import type { ReceiptAccepted, ReceiptCorrected } from '../shipment/events.ts';
import type { StockEvent } from './events.ts';

/** Units of a lot that one company has at one site. */
export interface Holding {
  readonly companyId: Id;
  readonly siteId: Id;
  readonly units: number;
  /** A part of `units`. */
  readonly energisedUnits: number;
}

/** Accepted units of one shipment, or units that were there when the ledger began. */
export interface Lot extends Dated {
  readonly lotId: Id;
  readonly skuId: Id;
  readonly holdings: readonly Holding[];
}

export type StockState = PersistentMap<Lot>;

export const noStock: StockState = PersistentMap.empty();

/** What happens to lots. */
export type StockHistory = StockEvent | ReceiptAccepted | ReceiptCorrected | UnitsReturned;

export function evolveStock(state: StockState, event: DecidedEvent<StockHistory>): StockState {
  const { type, data, effectiveAt } = event;
  switch (type) {
    case 'OpeningBalanceRecorded':
      return state.set(
        data.lotId,
        lotOf(data.lotId, data, { units: data.quantity, energised: data.energised }, effectiveAt),
      );
    case 'ReceiptAccepted':
      return state.set(
        data.shipmentId,
        lotOf(data.shipmentId, data, { units: data.accepted, energised: 0 }, effectiveAt),
      );
    case 'ReceiptCorrected':
      return changeLot(state, data.shipmentId, null, (holdings) => held(holdings, data, data.delta));
    case 'UnitsReturned':
      if (data.acceptedUnits === 0) return state;
      return changeLot(state, data.shipmentId, effectiveAt, (holdings) => held(holdings, data, -data.acceptedUnits));
    case 'TitleTransferred': {
      const { siteId, fromCompanyId, toCompanyId, quantity } = data;
      return changeLot(state, data.lotId, effectiveAt, (holdings) =>
        held(
          held(holdings, { companyId: fromCompanyId, siteId }, -quantity),
          { companyId: toCompanyId, siteId },
          quantity,
        ),
      );
    }
    case 'StockMoved': {
      const { companyId, fromSiteId, toSiteId, quantity } = data;
      return changeLot(state, data.lotId, effectiveAt, (holdings) =>
        held(held(holdings, { companyId, siteId: fromSiteId }, -quantity), { companyId, siteId: toSiteId }, quantity),
      );
    }
    case 'UnitsEnergised':
      return changeLot(state, data.lotId, effectiveAt, (holdings) => held(holdings, data, 0, data.quantity));
  }
}

/** The lot; throws `LOT_UNKNOWN`. */
export function knownLot(state: StockState, lotId: Id): Lot {
  const lot = state.get(lotId);
  if (lot === undefined) throw new DomainError('LOT_UNKNOWN', { lotId });
  return lot;
}

/** Units of the lot that the company has at the site; 0 where it has none. */
export function unitsThere(lot: Lot | undefined, companyId: Id, siteId: Id): number {
  return holdingOf(lot, companyId, siteId)?.units ?? 0;
}

/** Those of them that are not energised. */
export function idleUnits(lot: Lot | undefined, companyId: Id, siteId: Id): number {
  const holding = holdingOf(lot, companyId, siteId);
  return holding === undefined ? 0 : holding.units - holding.energisedUnits;
}

function holdingOf(lot: Lot | undefined, companyId: Id, siteId: Id): Holding | undefined {
  return lot?.holdings.find((holding) => holding.companyId === companyId && holding.siteId === siteId);
}

type Holder = Pick<Holding, 'companyId' | 'siteId'>;

function lotOf(
  lotId: Id,
  { companyId, siteId, skuId }: Holder & { readonly skuId: Id },
  { units, energised: energisedUnits }: { readonly units: number; readonly energised: number },
  lastEffectiveAt: Day,
): Lot {
  return { lotId, skuId, holdings: [{ companyId, siteId, units, energisedUnits }], lastEffectiveAt };
}

/** `effectiveAt` null: a correction, which is no event after which nothing may be dated earlier. */
function changeLot(
  state: StockState,
  lotId: Id,
  effectiveAt: Day | null,
  change: (holdings: readonly Holding[]) => readonly Holding[],
): StockState {
  const lot = state.get(lotId);
  if (lot === undefined) return state;
  const lastEffectiveAt = effectiveAt === null ? lot.lastEffectiveAt : laterDay(lot.lastEffectiveAt, effectiveAt);
  return state.set(lotId, { ...lot, holdings: change(lot.holdings), lastEffectiveAt });
}

/** `holdings` with signed units more of the holder; a holding of nothing is none. */
function held(
  holdings: readonly Holding[],
  { companyId, siteId }: Holder,
  units: number,
  energised = 0,
): readonly Holding[] {
  const isTheirs = (holding: Holding) => holding.companyId === companyId && holding.siteId === siteId;
  const before = holdings.find(isTheirs) ?? { companyId, siteId, units: 0, energisedUnits: 0 };
  const after = { companyId, siteId, units: before.units + units, energisedUnits: before.energisedUnits + energised };
  const others = holdings.filter((holding) => !isTheirs(holding));
  return after.units === 0 ? others : [...others, after];
}
