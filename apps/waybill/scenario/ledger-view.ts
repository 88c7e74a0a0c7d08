import type { Day, Id } from '#libs/kernel';
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
  day: Day,
  positionAfter: LedgerView['positionAfter'],
): LedgerView {
  const rowsOf = async (name: string, filter: Readonly<Record<string, string>>, knownAt: number | null) => {
    const asOf = knownAt ?? position;
    const query = new URLSearchParams({ ...filter, asOf: String(asOf), minPosition: String(asOf) });
    return everyPage(client, `/v1/ledgers/${encodeURIComponent(ledger)}/${name}`, query, asOf);
  };
  return {
    day,
    positionAfter,
    rows: (name, filter = {}) => rowsOf(name, filter, null),
    positions: ({ companyId, skuId, validAt, knownAt }) =>
      rowsOf('positions', { companyId, skuId, ...(validAt === null ? {} : { validAt }) }, knownAt),
  };
}

async function everyPage(client: WaybillClient, path: string, query: URLSearchParams, asOf: number) {
  const rows: ReportRow[] = [];
  for (;;) {
    const page = await client.get(READER, `${path}?${query}`);
    if (!standsAt(page, asOf)) throw new UnexpectedAnswer('GET', `${path}?${query}`, { status: 200, body: page });
    rows.push(...page.items);
    if (typeof page.nextCursor !== 'string') return rows;
    query.set('cursor', page.nextCursor);
  }
}

interface Page {
  readonly items: readonly ReportRow[];
  readonly nextCursor?: unknown;
}

/** Whether `report` stands at the position asked for, and says where it goes on if it does. */
function standsAt(report: unknown, position: number): report is Page {
  const { asOfPosition, items, hasMore = false, nextCursor } = (report ?? {}) as Record<string, unknown>;
  return asOfPosition === position && Array.isArray(items) && hasMore === (typeof nextCursor === 'string');
}
