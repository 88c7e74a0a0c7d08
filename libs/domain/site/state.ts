import { dayNumber, DomainError, PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import { laterDay, type Dated } from '../effective-day.ts';
import { stepsOf, withChange, withoutLater, type CapacityChange } from './capacity.ts';
import type {
  CapacityRestored,
  CapacityUnavailable,
  OverloadAllowed,
  SiteEvent,
  SiteKind,
  SiteRegistered,
} from './events.ts';
import { addUnits, noUnits, type UnitSeries } from './unit-series.ts';

export interface Site extends Dated {
  readonly siteId: Id;
  readonly companyId: Id;
  readonly kind: SiteKind;
  readonly designUnits: number;
  /** In force, in order of `from`, each day once. */
  readonly capacity: readonly CapacityChange[];
  /** The same as steps up and down. */
  readonly usable: UnitSeries;
  /** Steps of the units above usable that the gate tolerates. */
  readonly allowedOverload: UnitSeries;
  readonly standingUnits: number;
  readonly dockUnits: number;
  /** Open units of approved tranches and units on the way, by expected date. */
  readonly inbound: UnitSeries;
}

export type SiteState = PersistentMap<Site>;

export const noSites: SiteState = PersistentMap.empty();

/** Site events alone; what units do to a site is in load.ts. */
export function evolveSites(state: SiteState, event: DecidedEvent<SiteEvent>): SiteState {
  switch (event.type) {
    case 'SiteRegistered':
      return state.set(event.data.siteId, registered(event));
    case 'CapacityUnavailable':
      return changeSite(state, event.data.siteId, (site) => recapacitated(site, event, withoutLater));
    case 'CapacityRestored':
      return changeSite(state, event.data.siteId, (site) => recapacitated(site, event, withChange));
    case 'OverloadAllowed':
      return changeSite(state, event.data.siteId, (site) => overloadable(site, event));
  }
}

/** The site; throws `SITE_UNKNOWN`. */
export function knownSite(state: SiteState, siteId: Id): Site {
  const site = state.get(siteId);
  if (site === undefined) throw new DomainError('SITE_UNKNOWN', { siteId });
  return site;
}

/** The site, when it belongs to the company its units are for; throws `SITE_UNKNOWN`, `SITE_NOT_THEIRS`. */
export function siteOfCompany(state: SiteState, siteId: Id, companyId: Id): Site {
  const site = knownSite(state, siteId);
  if (site.companyId !== companyId) {
    throw new DomainError('SITE_NOT_THEIRS', { siteId, companyId, siteCompanyId: site.companyId });
  }
  return site;
}

export function changeSite(state: SiteState, siteId: Id, change: (site: Site) => Site): SiteState {
  const site = state.get(siteId);
  return site === undefined ? state : state.set(siteId, change(site));
}

function registered(event: DecidedEvent<SiteRegistered>): Site {
  const { siteId, companyId, kind, designUnits, usableUnits } = event.data;
  return {
    ...{ siteId, companyId, kind, designUnits },
    ...withCapacity([{ from: event.effectiveAt, usableUnits }]),
    allowedOverload: noUnits,
    standingUnits: 0,
    dockUnits: 0,
    inbound: noUnits,
    lastEffectiveAt: event.effectiveAt,
  };
}

function recapacitated(
  site: Site,
  event: DecidedEvent<CapacityUnavailable | CapacityRestored>,
  changed: typeof withChange,
): Site {
  const { from, usableUnits } = event.data;
  return {
    ...site,
    ...withCapacity(changed(site.capacity, { from, usableUnits })),
    lastEffectiveAt: laterDay(site.lastEffectiveAt, event.effectiveAt),
  };
}

function overloadable(site: Site, { data, effectiveAt }: DecidedEvent<OverloadAllowed>): Site {
  const begun = addUnits(site.allowedOverload, dayNumber(effectiveAt), data.units);
  return {
    ...site,
    allowedOverload: addUnits(begun, dayNumber(data.until) + 1, -data.units),
    lastEffectiveAt: laterDay(site.lastEffectiveAt, effectiveAt),
  };
}

function withCapacity(capacity: readonly CapacityChange[]): Pick<Site, 'capacity' | 'usable'> {
  return { capacity, usable: stepsOf(capacity) };
}
