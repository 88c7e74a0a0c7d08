import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';

/** What can be looked at by its id. */
export type ThingKind = 'order' | 'shipment' | 'redirection' | 'site';

export interface ThingQuery {
  readonly kind: ThingKind;
  readonly id: Id;
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
}

/** Whether there is such a thing as of a position, for whom `db` reads. Throws ReadModelBehind. */
export async function visibleThing(
  db: Queryable,
  ledger: Id,
  { kind, id, asOfPosition }: ThingQuery,
): Promise<{ readonly asOfPosition: number; readonly isVisible: boolean }> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const { rowCount } = await db.query(SELECT_VISIBLE[kind], [generation, ledger, id, position]);
  return { asOfPosition: position, isVisible: rowCount !== 0 };
}

/** The position of the event that made a shipment: its dispatch, or the split of another; null where there is none. */
export async function shipmentMadeAt(db: Queryable, ledger: Id, shipmentId: Id): Promise<number | null> {
  const { generation } = await resolveAsOf(db, ledger, null);
  const { rows } = await db.query<{ position: number | null }>(SELECT_MADE_AT, [generation, ledger, shipmentId]);
  return rows[0]?.position ?? null;
}

/** The newest version of a line says who may see it: to companies that left it, it is withdrawn. */
const NEWEST = 'order by line_id, effective_on desc, position desc, withdrawn';

// An order is its company's from the beginning, and others' once it has lines, whose ids lie between `ORDER/` and `ORDER0` in the
// order of bytes. A withdrawn version names no shipment, so a shipment is looked for by the line of its id.
const SELECT_VISIBLE: Readonly<Record<ThingKind, string>> = {
  order: `
    select
    from read.waiting_things
    where generation = $1 and ledger = $2 and kind = 'order' and thing = $3 and position <= $4
    union all
    select
    from (
      select distinct on (line_id) withdrawn
      from read.delivery_versions
      where generation = $1 and ledger = $2 and line_id > $3::text || '/' and line_id < $3::text || '0'
        and position <= $4
      ${NEWEST}
    ) newest
    where not withdrawn
    limit 1`,
  shipment: `
    select
    from (
      select distinct on (line_id) withdrawn
      from read.delivery_versions
      where generation = $1 and ledger = $2 and position <= $4
        and line_id = (
          select line_id
          from read.delivery_versions
          where generation = $1 and ledger = $2 and shipment_id = $3 and position <= $4
          limit 1
        )
      ${NEWEST}
    ) newest
    where not withdrawn`,
  redirection: `
    select
    from read.redirections
    where generation = $1 and ledger = $2 and redirection_id = $3 and position <= $4`,
  site: `
    select
    from read.site_facts
    where generation = $1 and ledger = $2 and site_id = $3 and position <= $4
    limit 1`,
};

// No position is beyond the safe integers, so a double holds it.
const SELECT_MADE_AT = `
  select min(position)::double precision as position
  from read.delivery_versions
  where generation = $1 and ledger = $2 and shipment_id = $3`;
