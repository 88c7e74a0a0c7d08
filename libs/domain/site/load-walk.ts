import type { Site } from './state.ts';
import { NEVER, noUnits, SeriesCursor, type UnitSeries } from './unit-series.ts';

/**
 * Walks a site's load from a day on, stopping only where something changes; the figures hold until the next stop, after the
 * last one for ever. `added` are units to be thought of as coming in addition. Days are day numbers.
 *
 * A class, not a generator: the capacity gate walks some hundred stops a command.
 */
export class LoadWalk {
  private readonly usable: SeriesCursor;
  private readonly overload: SeriesCursor;
  private readonly inbound: SeriesCursor;
  private readonly added: SeriesCursor;
  private readonly presentUnits: number;

  constructor(
    site: Site,
    /** The day of the present stop. */
    public day: number,
    added: UnitSeries = noUnits,
  ) {
    this.usable = new SeriesCursor(site.usable);
    this.overload = new SeriesCursor(site.allowedOverload);
    this.inbound = new SeriesCursor(site.inbound);
    this.added = new SeriesCursor(added);
    this.presentUnits = site.standingUnits + site.dockUnits;
    this.advance();
  }

  get usableUnits(): number {
    return this.usable.total;
  }

  get allowedOverloadUnits(): number {
    return this.overload.total;
  }

  get addedUnits(): number {
    return this.added.total;
  }

  /** Standing, at the dock and expected by the day, with what is added. */
  get loadUnits(): number {
    return this.presentUnits + this.inbound.total + this.added.total;
  }

  get headroomUnits(): number {
    return this.usable.total - this.loadUnits;
  }

  /** Moves to the next stop; false when nothing changes any more. */
  next(): boolean {
    const { usable, overload, inbound, added } = this;
    let day = inbound.nextDay;
    if (added.nextDay < day) day = added.nextDay;
    if (usable.nextDay < day) day = usable.nextDay;
    if (overload.nextDay < day) day = overload.nextDay;
    if (day === NEVER) return false;
    this.day = day;
    this.advance();
    return true;
  }

  private advance(): void {
    this.usable.advanceTo(this.day);
    this.overload.advanceTo(this.day);
    this.inbound.advanceTo(this.day);
    this.added.advanceTo(this.day);
  }
}
