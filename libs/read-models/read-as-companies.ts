import type pg from 'pg';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { inTransaction } from './transaction.ts';

/**
 * Runs `work` on a connection that sees only rows naming one of `companies`. `pool` is signed in as waybill_query, which
 * sees nothing otherwise; the setting ends with the transaction, so that no pooled connection keeps it.
 */
export function readAsCompanies<T>(
  pool: pg.Pool,
  companies: readonly Id[],
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, 'begin read only', async (client) => {
    await client.query(`select set_config('waybill.companies', $1, true)`, [companies.join(',')]);
    return work(client);
  });
}
