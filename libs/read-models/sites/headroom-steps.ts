import { addUnits, headroomUnits, noUnits, stepsOf, type Site } from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import { dayNumber, type Day, type Id } from '#libs/kernel';
import { siteBooks, withFact, type RecordedFact } from './books.ts';
import { selectUnits, type RecordedUnits } from './lineage.ts';
import type { LoadMoment } from './load.ts';

/** What a site's headroom was from a position on. */
export interface HeadroomStep {
  readonly position: number;
  readonly headroom: number;
}

/** How a site's headroom, the least from a day on, went position by position. */
export async function headroomSteps(
  db: Queryable,
  moment: LoadMoment,
  siteId: Id,
  from: Day,
): Promise<readonly HeadroomStep[]> {
  const [book] = await siteBooks(db, moment, { companyIds: null, siteId });
  if (book === undefined) return [];
  const moved = [...book.facts, ...(await selectUnits(db, moment, siteId))].toSorted((a, b) => a.position - b.position);
  let site: Site = {
    ...{ ...book.site, capacity: [], usable: stepsOf([]) },
    ...{ standingUnits: 0, dockUnits: 0, inbound: noUnits },
  };
  return moved.flatMap((each, index): HeadroomStep[] => {
    site = 'fact' in each ? withCapacity(site, each) : withUnits(site, each);
    if (moved[index + 1]?.position === each.position) return [];
    return [{ position: each.position, headroom: headroomUnits(site, from) }];
  });
}

function withCapacity(site: Site, fact: RecordedFact): Site {
  const capacity = withFact(site.capacity, fact);
  return { ...site, capacity, usable: stepsOf(capacity) };
}

function withUnits(site: Site, { bucket, dueOn, units }: RecordedUnits): Site {
  const count = Number(units);
  if (bucket === 'accepted') return { ...site, standingUnits: site.standingUnits + count };
  if (bucket === 'atDock') return { ...site, dockUnits: site.dockUnits + count };
  return dueOn === null ? site : { ...site, inbound: addUnits(site.inbound, dayNumber(dueOn), count) };
}
