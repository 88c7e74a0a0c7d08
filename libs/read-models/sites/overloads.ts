import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';

export interface AllowedOverload {
  readonly overrideId: Id;
  readonly siteId: Id;
  readonly units: number;
  /** The first day. */
  readonly from: Day;
  /** The last day. */
  readonly until: Day;
}

/** Every overload ever allowed up to a position, in order. Throws ReadModelBehind. */
export async function allowedOverloads(
  db: Queryable,
  ledger: Id,
  asOfPosition: number,
): Promise<readonly AllowedOverload[]> {
  const { generation } = await resolveAsOf(db, ledger, asOfPosition);
  const { rows } = await db.query<Omit<AllowedOverload, 'units'> & { units: string }>(SELECT_OVERLOADS, [
    generation,
    ledger,
    asOfPosition,
  ]);
  return rows.map((row) => ({ ...row, units: Number(row.units) }));
}

const SELECT_OVERLOADS = `
  select override_id as "overrideId", site_id as "siteId", overload_units as units, from_on::text as "from",
         until_on::text as until
  from read.site_facts
  where generation = $1 and ledger = $2 and position <= $3 and fact = 'overload'
  order by position, seq`;
