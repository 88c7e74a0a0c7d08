import type { Id } from '#libs/kernel';
import { UnexpectedAnswer } from '../api/errors.ts';
import type { WaybillClient } from '../api/waybill-client.ts';
import type { LedgerView, ReportRow } from './expectations/expectation.ts';

/** Who reads expectations back: sees every company's rows. */
const READER = 'auditor';

/**
 * The ledger as it stood at `position`, through the public reports. `minPosition` waits until the read models have it,
 * and `asOf` keeps later commands, of this run or another, out of the answer.
 */
export function ledgerView(
  client: WaybillClient,
  ledger: Id,
  position: number,
  positionAfter: LedgerView['positionAfter'],
): LedgerView {
  const rowsOf = async (name: string, filter: Readonly<Record<string, string>>, knownAt: number | null) => {
    const asOf = String(knownAt ?? position);
    const query = new URLSearchParams({ ...filter, asOf, minPosition: asOf });
    const path = `/v1/ledgers/${encodeURIComponent(ledger)}/${name}?${query}`;
    const report = await client.get(READER, path);
    if (!standsAt(report, Number(asOf))) throw new UnexpectedAnswer('GET', path, { status: 200, body: report });
    return report.items;
  };
  return {
    positionAfter,
    rows: (name, filter = {}) => rowsOf(name, filter, null),
    positions: ({ companyId, skuId, validAt, knownAt }) =>
      rowsOf('positions', { companyId, skuId, ...(validAt === null ? {} : { validAt }) }, knownAt),
  };
}

/** Whether `report` is whole and stands at the position asked for. */
function standsAt(report: unknown, position: number): report is { readonly items: readonly ReportRow[] } {
  const { asOfPosition, items, hasMore } = (report ?? {}) as Record<string, unknown>;
  return asOfPosition === position && Array.isArray(items) && hasMore !== true;
}
