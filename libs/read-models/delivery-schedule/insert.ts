import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { LineContribution, VersionRow } from './rows.ts';

export async function insertVersions(
  db: Queryable,
  generation: number,
  ledger: Id,
  rows: readonly VersionRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const flat = rows.map(({ line, ...row }) => ({ ...line, ...row }));
  await db.query(INSERT_VERSIONS, [generation, ledger, JSON.stringify(flat)]);
}

export async function insertLineContributions(
  db: Queryable,
  generation: number,
  ledger: Id,
  rows: readonly LineContribution[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(INSERT_CONTRIBUTIONS, [generation, ledger, JSON.stringify(rows)]);
}

const INSERT_VERSIONS = `
  insert into read.delivery_versions (
    generation, ledger, line_id, effective_on, position, withdrawn, audience,
    order_id, tranche_id, shipment_id, ordering_company_id, company_id, billed_company_id, supplier_id, sku_id,
    site_id, status, requested_on, first_promised_on, promised_on, expected_on, actual_on,
    quantity, date_changes, causes
  )
  select $1, $2, "lineId", "effectiveOn", position, withdrawn, audience,
         "orderId", "trancheId", "shipmentId", "orderingCompanyId", "companyId", "billedCompanyId", "supplierId",
         "skuId", "siteId", status, "requestedDate", "firstPromisedDate", "promisedDate", "expectedDate",
         "actualDate", quantity, "dateChanges", causes
  from json_to_recordset($3) as version (
    "lineId" text, "effectiveOn" date, position bigint, withdrawn boolean, audience text[],
    "orderId" text, "trancheId" text, "shipmentId" text, "orderingCompanyId" text, "companyId" text,
    "billedCompanyId" text, "supplierId" text, "skuId" text, "siteId" text, status text, "requestedDate" date,
    "firstPromisedDate" date, "promisedDate" date, "expectedDate" date, "actualDate" date,
    quantity bigint, "dateChanges" bigint, causes jsonb
  )`;

const INSERT_CONTRIBUTIONS = `
  insert into read.delivery_contributions (
    generation, ledger, position, seq, line_id, measure, effective_on, amount, audience
  )
  select $1, $2, position, seq, "lineId", measure, "effectiveOn", amount, audience
  from json_to_recordset($3) as contribution (
    position bigint, seq integer, "lineId" text, measure text, "effectiveOn" date, amount bigint, audience text[]
  )`;
