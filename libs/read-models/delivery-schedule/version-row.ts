import type { LineStatus, Causes, Line } from './line.ts';

/** A version's columns as PostgreSQL sends them: days as ISO text, bigints as digits. */
export interface VersionColumns {
  readonly line_id: string;
  readonly order_id: string;
  readonly tranche_id: string;
  readonly shipment_id: string | null;
  readonly ordering_company_id: string;
  readonly company_id: string;
  readonly billed_company_id: string;
  readonly supplier_id: string;
  readonly sku_id: string;
  readonly site_id: string | null;
  readonly status: LineStatus;
  readonly requested_on: string;
  readonly first_promised_on: string | null;
  readonly promised_on: string | null;
  readonly expected_on: string;
  readonly actual_on: string | null;
  readonly quantity: string;
  readonly date_changes: string;
  readonly causes: Causes;
}

export const VERSION_COLUMNS = `
  line_id, order_id, tranche_id, shipment_id, ordering_company_id, company_id, billed_company_id, supplier_id, sku_id,
  site_id, status, requested_on::text, first_promised_on::text, promised_on::text, expected_on::text, actual_on::text,
  quantity, date_changes, causes`;

/** The line that `row` holds. Its figures were safe integers when they were written. */
export function lineOf(row: VersionColumns): Line {
  return {
    orderId: row.order_id,
    trancheId: row.tranche_id,
    shipmentId: row.shipment_id,
    orderingCompanyId: row.ordering_company_id,
    companyId: row.company_id,
    billedCompanyId: row.billed_company_id,
    supplierId: row.supplier_id,
    skuId: row.sku_id,
    siteId: row.site_id,
    status: row.status,
    requestedDate: row.requested_on,
    firstPromisedDate: row.first_promised_on,
    promisedDate: row.promised_on,
    expectedDate: row.expected_on,
    actualDate: row.actual_on,
    quantity: Number(row.quantity),
    dateChanges: Number(row.date_changes),
    causes: row.causes,
  };
}
