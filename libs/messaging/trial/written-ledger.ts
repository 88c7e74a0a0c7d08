import type pg from 'pg';
import canonicalize from 'canonicalize';

/** Writes ledgers the short way, as the owner: what is tried is how they are read and published, not how they are made. */
export async function openTrialLedger(owner: pg.Pool, ledger: string): Promise<void> {
  const opening = [ledger, 'system', 'USD', null, 'a-1', `open-${ledger}`, '{}'];
  await owner.query('select ledger.open_ledger($1, $2, $3, $4, $5, $6, $7)', opening);
}

/** Appends `count` events from position `from`, a hundred a stream. Answers the new head. */
export async function appendTrialEvents(
  owner: pg.Pool,
  ledger: string,
  from: number,
  count: number,
  note = 'München 東京',
): Promise<number> {
  const events = Array.from({ length: count }, (_, index) => trialEvent(ledger, from + index, note));
  await owner.query(
    `insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
     select ledger, position, stream, version, type, effective_at, recorded_at_ms, decode(body, 'base64')
     from json_to_recordset($1) as event (ledger text, position bigint, stream text, version bigint, type text,
                                          effective_at date, recorded_at_ms bigint, body text)`,
    [JSON.stringify(events)],
  );
  return from + count - 1;
}

/** A few milliseconds before 2023-12-09: older than any broker's default retention. */
const STORY_MS = Date.UTC(2023, 11, 8, 23, 0, 0, 0);

function trialEvent(ledger: string, position: number, note: string): Record<string, string | number> {
  const stream = `order/PO-${Math.ceil(position / 100)}`;
  const version = ((position - 1) % 100) + 1;
  const type = TYPES[position % TYPES.length] ?? 'OrderPlaced';
  const effectiveAt = '2023-12-08';
  const body = canonicalize({
    actor: '6f0b7f3a-0000-4000-8000-000000000001',
    actingFor: position % 2 === 0 ? 'TESLA' : null,
    causationId: null,
    commandId: `cmd-${position}`,
    correlationId: `cor-${position}`,
    data: { note, quantity: position },
    effectiveAt,
    evidence: [],
    reason: null,
    schemaVersion: 1,
    stream,
    type,
    version,
  });
  return {
    ledger,
    position,
    stream,
    version,
    type,
    effective_at: effectiveAt,
    recorded_at_ms: STORY_MS + position,
    body: Buffer.from(body ?? '').toString('base64'),
  };
}

const TYPES = ['OrderPlaced', 'ShipmentRedirected', 'CapacityUnavailable'];
