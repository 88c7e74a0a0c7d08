import { PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import type { LedgerEvent } from '../events.ts';

/** Units of a SKU that events brought into the books. */
export interface BookedUnits {
  /** Of approved orders, as amended. */
  readonly ordered: number;
  /** There when the ledger began. */
  readonly opening: number;
  /** Of receipts, with their corrections, less what went back. */
  readonly accepted: number;
}

export type Bookings = PersistentMap<BookedUnits>;

export const noBookings: Bookings = PersistentMap.empty();

const NONE: BookedUnits = { ordered: 0, opening: 0, accepted: 0 };

/** `bookings` by SKU, with what `event` adds. */
export function booked(bookings: Bookings, { type, data }: DecidedEvent<LedgerEvent>): Bookings {
  switch (type) {
    case 'OpeningBalanceRecorded':
      return added(bookings, data.skuId, { ...NONE, opening: data.quantity });
    case 'OrderApproved':
      return added(bookings, data.skuId, {
        ...NONE,
        ordered: data.tranches.reduce((sum, { quantity }) => sum + quantity, 0),
      });
    case 'TrancheAmended':
      return added(bookings, data.skuId, { ...NONE, ordered: data.quantity - data.previousQuantity });
    case 'TrancheAdded':
      return added(bookings, data.skuId, { ...NONE, ordered: data.quantity });
    case 'ReceiptAccepted':
      return added(bookings, data.skuId, { ...NONE, accepted: data.accepted });
    case 'ReceiptCorrected':
      return added(bookings, data.skuId, { ...NONE, accepted: data.delta });
    case 'UnitsReturned':
      return added(bookings, data.skuId, { ...NONE, accepted: -data.acceptedUnits });
    default:
      return bookings;
  }
}

export function bookedUnits(bookings: Bookings, skuId: Id): BookedUnits {
  return bookings.get(skuId) ?? NONE;
}

function added(bookings: Bookings, skuId: Id, more: BookedUnits): Bookings {
  return bookings.update(skuId, NONE, (units) => ({
    ordered: units.ordered + more.ordered,
    opening: units.opening + more.opening,
    accepted: units.accepted + more.accepted,
  }));
}
