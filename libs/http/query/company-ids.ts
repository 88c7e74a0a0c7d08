import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** The ids of the ledger's companies that are spelled like `name` but for case; usually one. */
export async function companyIds(database: Queryable, ledger: Id, name: string): Promise<readonly Id[]> {
  const { rows } = await database.query<{ company_id: Id }>(SELECT_COMPANY_IDS, [ledger, name]);
  return rows.map((row) => row.company_id);
}

// `company0` is what follows `company/` in the order of bytes: the range of the streams' index that holds the companies.
const SELECT_COMPANY_IDS = `
  select substr(stream, length('company/') + 1) as company_id
    from ledger.history
   where ledger = $1
     and stream >= 'company/'
     and stream < 'company0'
     and version = 1
     and lower(stream) = 'company/' || lower($2)
   order by stream`;
