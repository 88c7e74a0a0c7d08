import type { LedgerReader, StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** Where the events of one ledger are taken from to build its read models anew. */
export interface RebuildSource {
  readonly kind: 'ledger' | 'kafka';
  /**
   * Events after `after`, dense and in order, at most `limit`; none when there are none, or none came within `waitMs`.
   * `after` never goes back.
   */
  read(after: number, limit: number, waitMs: number): Promise<readonly StoredEvent[]>;
}

/** The ledger itself, a page a statement and no cursor held open. */
export function ledgerSource(reader: LedgerReader, ledger: Id): RebuildSource {
  return { kind: 'ledger', read: (after, limit) => reader.read(ledger, { after, limit }) };
}
