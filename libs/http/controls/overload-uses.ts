import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { allowedOverloads, breachesReport, type AllowedOverload } from '#libs/read-models';
import type { ControlItem, ControlsFilter } from './control-item.ts';

/** Overloads that were allowed up to a position, each with its use still to be counted. */
export async function overloads(
  db: Queryable,
  ledger: Id,
  asOfPosition: number,
  { from = '', until = '9999' }: ControlsFilter,
): Promise<readonly OverloadItem[]> {
  const allowed = await allowedOverloads(db, ledger, asOfPosition);
  return allowed
    .filter((each) => each.from <= until && each.until >= from)
    .map((overload) => ({
      ...{ control: 'overload', subject: overload.overrideId, command: 'AllowOverload', actor: null },
      ...{ siteId: overload.siteId, count: 1, lastAt: null, allowedUnits: overload.units, usedUnits: null },
      overload,
    }));
}

export type OverloadItem = ControlItem & { readonly overload: AllowedOverload };

/** `item` with the units above usable on the worst day from the beginning of the overload on, at most what was allowed. */
export async function withUse(
  db: Queryable,
  ledger: Id,
  asOfPosition: number,
  { overload: { siteId, from, units }, ...item }: OverloadItem,
): Promise<ControlItem> {
  const { items } = await breachesReport(db, ledger, { companyIds: null, siteId, asOfPosition, from });
  return { ...item, usedUnits: Math.min(items[0]?.units ?? 0, units) };
}
