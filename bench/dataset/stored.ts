import { PostgresLedgerReader, type StoredEvent } from '#libs/event-store';
import { LEDGER, rolePool } from './dataset.ts';

/** The first `limit` events of a dataset, or all, in memory. */
export async function storedEvents(databaseUrl: string, limit = Infinity): Promise<readonly StoredEvent[]> {
  const pool = rolePool(databaseUrl, 'waybill_relay', 1);
  const reader = new PostgresLedgerReader(pool);
  const events: StoredEvent[] = [];
  try {
    for (;;) {
      const page = await reader.read(LEDGER, { after: events.length, limit: Math.min(20_000, limit - events.length) });
      events.push(...page);
      if (page.length === 0 || events.length >= limit) return events;
    }
  } finally {
    await pool.end();
  }
}
