import { PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import type { Dated } from '../effective-day.ts';
import type { ReceiptAccepted } from '../shipment/events.ts';
import type { OpeningBalanceRecorded } from './events.ts';

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

export function evolveStock(
  state: StockState,
  event: DecidedEvent<OpeningBalanceRecorded | ReceiptAccepted>,
): StockState {
  const { type, data, effectiveAt } = event;
  const { companyId, siteId, skuId } = data;
  switch (type) {
    case 'OpeningBalanceRecorded': {
      const holding = { companyId, siteId, units: data.quantity, energisedUnits: data.energised };
      return state.set(data.lotId, { lotId: data.lotId, skuId, holdings: [holding], lastEffectiveAt: effectiveAt });
    }
    case 'ReceiptAccepted': {
      const holding = { companyId, siteId, units: data.accepted, energisedUnits: 0 };
      const lotId = data.shipmentId;
      return state.set(lotId, { lotId, skuId, holdings: [holding], lastEffectiveAt: effectiveAt });
    }
  }
}
