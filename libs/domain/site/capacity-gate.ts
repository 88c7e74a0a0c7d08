import { dayNumber, dayOfNumber, DomainError, type Day, type Id } from '#libs/kernel';
import { LoadWalk } from './load-walk.ts';
import { knownSite, type Site, type SiteState } from './state.ts';
import { addUnits, noUnits, type UnitSeries } from './unit-series.ts';

/** Units that would load a site (or, negative, leave it) from `from` on; a null site is not yet placed and has no limit. */
export interface LoadChange {
  readonly siteId: Id | null;
  readonly from: Day;
  readonly units: number;
}

/**
 * The capacity gate: with all `changes` made together, on every day from `effectiveAt` on and at every site they load,
 * headroom is no lower than before, or not below minus the allowed overload. Throws `SITE_CAPACITY_EXCEEDED` with the first
 * site, in the order of the changes, and the first day on which it is not so.
 */
export function checkCapacity(state: SiteState, effectiveAt: Day, changes: readonly LoadChange[]): void {
  for (const [siteId, added] of addedBySite(changes)) {
    checkSite(knownSite(state, siteId), dayNumber(effectiveAt), added);
  }
}

function addedBySite(changes: readonly LoadChange[]): Map<Id, UnitSeries> {
  const added = new Map<Id, UnitSeries>();
  for (const { siteId, from, units } of changes) {
    if (siteId !== null) added.set(siteId, addUnits(added.get(siteId) ?? noUnits, dayNumber(from), units));
  }
  return added;
}

function checkSite(site: Site, effectiveDay: number, added: UnitSeries): void {
  const firstDay = added.days[0];
  if (firstDay === undefined) return;
  // Before the first day on which something is added headroom is no lower than it was.
  const walk = new LoadWalk(site, Math.max(effectiveDay, firstDay), added);
  do {
    if (walk.addedUnits > 0 && walk.headroomUnits < -walk.allowedOverloadUnits) throw exceeded(site, walk);
  } while (walk.next());
}

function exceeded(site: Site, walk: LoadWalk): DomainError {
  return new DomainError('SITE_CAPACITY_EXCEEDED', {
    siteId: site.siteId,
    companyId: site.companyId,
    day: dayOfNumber(walk.day),
    usableUnits: walk.usableUnits,
    loadUnits: walk.loadUnits,
    allowedOverloadUnits: walk.allowedOverloadUnits,
  });
}
