import type { Queryable } from '#libs/event-store';

/**
 * Begins a new life of the store, for a database that was brought back to an earlier point: its next positions may have
 * been given to other events before, and whoever keeps positions elsewhere sees by the incarnation that they may have.
 * Answers the new incarnation. `database` is one connection that may become waybill_owner; services must start anew.
 */
export async function renewIncarnation(
  database: Queryable,
  { who, why }: { readonly who: string; readonly why: string },
): Promise<string> {
  await database.query('begin');
  try {
    await database.query('set local role waybill_owner');
    const { rows } = await database.query<{ incarnation: string }>(RENEW, [who, why]);
    await database.query('commit');
    return rows[0]?.incarnation ?? '';
  } catch (error) {
    await database.query('rollback');
    throw error;
  }
}

const RENEW = `
  with earlier as (
    select incarnation
      from ledger.store
       for update
  ),
  renewed as (
    update ledger.store
       set incarnation = gen_random_uuid()
    returning incarnation
  )
  insert into ledger.incarnations (incarnation, replaced_by, who, why)
  select earlier.incarnation, renewed.incarnation, $1, $2
    from earlier, renewed
  returning replaced_by as incarnation`;
