import { dayNumber, type Day, type Id } from '#libs/kernel';
import { LoadWalk } from './load-walk.ts';
import type { Site, SiteState } from './state.ts';

/**
 * The least headroom, in units, over the days from `from` on that carry load; what is usable on `from` when none does.
 * Negative is a breach.
 */
export function headroomUnits(site: Site, from: Day): number {
  const walk = new LoadWalk(site, dayNumber(from));
  const usableUnits = walk.usableUnits;
  let least = Infinity;
  do {
    if (walk.loadUnits > 0) least = Math.min(least, walk.headroomUnits);
  } while (walk.next());
  return least === Infinity ? usableUnits : least;
}

/** Units above usable on the worst day from `from` on, of every site where there are any, in order of id. */
export function breaches(state: SiteState, from: Day): readonly { readonly siteId: Id; readonly units: number }[] {
  return [...state.values()]
    .map((site) => ({ siteId: site.siteId, units: -headroomUnits(site, from) }))
    .filter(({ units }) => units > 0)
    .toSorted((a, b) => (a.siteId < b.siteId ? -1 : 1));
}
