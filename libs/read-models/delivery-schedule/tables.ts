import type { RowTable } from '../rows/row-table.ts';
import type { VersionRow } from './rows.ts';

export const DELIVERY_VERSIONS: RowTable = {
  name: 'delivery_versions',
  columns: {
    lineId: 'text',
    effectiveOn: 'date',
    position: 'bigint',
    withdrawn: 'boolean',
    audience: 'text[]',
    orderId: 'text',
    trancheId: 'text',
    shipmentId: 'text',
    orderingCompanyId: 'text',
    companyId: 'text',
    billedCompanyId: 'text',
    supplierId: 'text',
    skuId: 'text',
    siteId: 'text',
    status: 'text',
    requestedOn: 'date',
    firstPromisedOn: 'date',
    promisedOn: 'date',
    expectedOn: 'date',
    actualOn: 'date',
    quantity: 'bigint',
    dateChanges: 'bigint',
    causes: 'jsonb',
  },
};

export const DELIVERY_CONTRIBUTIONS: RowTable = {
  name: 'delivery_contributions',
  columns: {
    position: 'bigint',
    seq: 'integer',
    lineId: 'text',
    measure: 'text',
    effectiveOn: 'date',
    amount: 'bigint',
    audience: 'text[]',
  },
};

/** A row of {@link DELIVERY_VERSIONS}. A withdrawal says nothing of the line. */
export function flatVersion({ line, lineId, effectiveOn, position, withdrawn, audience }: VersionRow): object {
  if (line === null) return { lineId, effectiveOn, position, withdrawn, audience };
  return {
    lineId,
    effectiveOn,
    position,
    withdrawn,
    audience,
    orderId: line.orderId,
    trancheId: line.trancheId,
    shipmentId: line.shipmentId,
    orderingCompanyId: line.orderingCompanyId,
    companyId: line.companyId,
    billedCompanyId: line.billedCompanyId,
    supplierId: line.supplierId,
    skuId: line.skuId,
    siteId: line.siteId,
    status: line.status,
    requestedOn: line.requestedDate,
    firstPromisedOn: line.firstPromisedDate,
    promisedOn: line.promisedDate,
    expectedOn: line.expectedDate,
    actualOn: line.actualDate,
    quantity: line.quantity,
    dateChanges: line.dateChanges,
    causes: line.causes,
  };
}
