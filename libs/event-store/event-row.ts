import type { StoredEvent } from './types.ts';

/** A row of ledger.events as pg hands it over: bigint is text. */
export interface EventRow {
  readonly ledger: string;
  readonly position: string;
  readonly stream: string;
  readonly version: string;
  readonly type: string;
  readonly effective_at: string;
  readonly recorded_at_ms: string;
  readonly body: Buffer;
}

export function storedEvent(row: EventRow): StoredEvent {
  return {
    ledger: row.ledger,
    position: Number(row.position),
    stream: row.stream,
    version: Number(row.version),
    type: row.type,
    effectiveAt: row.effective_at,
    recordedAtMs: Number(row.recorded_at_ms),
    body: row.body,
  };
}
