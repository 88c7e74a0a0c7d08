import type { DecidedEvent } from '#libs/kernel';
import type { LedgerEvent } from '../events.ts';
import { emptyLedger, evolveLedger, type LedgerState } from '../ledger-state.ts';
import { booked, bookedUnits, noBookings, type BookedUnits } from './booked-units.ts';
import type { BrokenInvariant } from './broken-invariant.ts';
import { brokenDebts, noWaivers, waived } from './debts.ts';
import { brokenByEvent } from './events.ts';
import { brokenFourEyes } from './four-eyes.ts';
import { brokenLoads } from './load.ts';
import { brokenByMoney, brokenFunds, brokenLimits } from './money.ts';
import { brokenUnits } from './units.ts';

/** Follows a ledger event after event and says which invariants of the domain it breaks: 1 to 7 of docs/how-to/check-the-books.md. */
export class LedgerAudit {
  state: LedgerState = emptyLedger;
  private bookings = noBookings;
  private waivers = noWaivers;

  /** Takes the next event; answers what it breaks by itself. */
  take(event: DecidedEvent<LedgerEvent>): readonly BrokenInvariant[] {
    const found = [
      ...brokenByEvent(this.state, event),
      ...brokenLimits(this.state, event),
      ...brokenFourEyes(this.state, event),
    ];
    this.state = evolveLedger(this.state, event);
    this.bookings = booked(this.bookings, event);
    this.waivers = waived(this.waivers, event);
    return [...found, ...brokenByMoney(this.state, event)];
  }

  /** What the books as they stand break, after the last event of a command. Counts all of them. */
  conclude(): readonly BrokenInvariant[] {
    const { state, bookings, waivers } = this;
    return [
      ...brokenUnits(state, bookings),
      ...brokenDebts(state, waivers),
      ...brokenLoads(state),
      ...brokenFunds(state),
    ];
  }

  /** Units of the SKU that events brought into the books. */
  booked(skuId: string): BookedUnits {
    return bookedUnits(this.bookings, skuId);
  }
}
