import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** The companies for whose people a limit was ever set, in order of id. */
export async function companiesWithLimits(database: Queryable, ledger: Id): Promise<readonly Id[]> {
  const { rows } = await database.query<{ company_id: Id }>(SELECT_COMPANIES, [ledger]);
  return rows.map((row) => row.company_id);
}

// `limits0` is what follows `limits/` in the order of bytes: the range of the streams' index that holds the limits.
const SELECT_COMPANIES = `
  select substr(stream, length('limits/') + 1) as company_id
    from ledger.history
   where ledger = $1
     and stream >= 'limits/'
     and stream < 'limits0'
     and version = 1
   order by stream`;
