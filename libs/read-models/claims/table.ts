import type { PublicClaimRecorded } from '#libs/domain';
import type { EventTable } from '../event-tables/event-table.ts';

/** What somebody said in public, as it was recorded. */
export type ClaimRow = PublicClaimRecorded['data'];

export const claims: EventTable<ClaimRow> = {
  name: 'claims',
  columns: {
    claimId: 'text',
    companyId: 'text',
    skuId: 'text',
    metric: 'text',
    low: 'bigint',
    high: 'bigint',
    statedOn: 'date',
    horizon: 'date',
    speaker: 'text',
    source: 'text',
    quote: 'text',
  },
  fold: ({ type, data }) => {
    if (type !== 'PublicClaimRecorded') return [];
    const { claimId, companyId, skuId, metric, low, high, statedOn, horizon, speaker, source, quote } = data;
    return [{ claimId, companyId, skuId, metric, low, high, statedOn, horizon, speaker, source, quote }];
  },
};
