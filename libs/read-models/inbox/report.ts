import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { selectWaiting, type InboxFilter, type WaitingItem } from './query.ts';

export interface InboxQuery extends Omit<InboxFilter, 'limit'> {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  /** 500 when absent. */
  readonly limit?: number | undefined;
}

export interface InboxReport {
  readonly asOfPosition: number;
  /** Something waits or does not, whatever the day. */
  readonly validAt: null;
  readonly items: readonly WaitingItem[];
  /** Whether things follow; the next page is after the last item, at the same `asOfPosition`. */
  readonly hasMore: boolean;
}

/** What waits for somebody, oldest first. `db` decides what is seen, as for `positionsReport`. Throws ReadModelBehind. */
export async function inboxReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, limit = 500, ...filter }: InboxQuery,
): Promise<InboxReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const at = { generation, ledger, asOfPosition: position };
  const found = await selectWaiting(db, at, { ...filter, limit: limit + 1 });
  return { asOfPosition: position, validAt: null, items: found.slice(0, limit), hasMore: found.length > limit };
}
