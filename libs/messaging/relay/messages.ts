import { toCloudEventHeaders } from '#libs/contracts';
import type { CloudEventOrigin } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import { LedgerGap } from '../errors.ts';
import type { TopicMessage } from '../ports.ts';

export function toMessage(event: StoredEvent, origin: CloudEventOrigin): TopicMessage {
  return {
    key: event.ledger,
    value: event.body,
    headers: toCloudEventHeaders(event, origin),
    timestampMs: event.recordedAtMs,
  };
}

/**
 * `events` cut into requests that a broker takes: at most `eventsMax` and about `bytesMax` bytes each, a larger single
 * event alone. kafkajs groups a request's messages in quadratic time, so more than some hundred gain nothing.
 */
export function* requestsOf<Event extends { readonly body: Buffer }>(
  events: readonly Event[],
  { eventsMax, bytesMax }: { readonly eventsMax: number; readonly bytesMax: number },
): Generator<readonly Event[]> {
  let request: Event[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = event.body.byteLength + HEADER_BYTES;
    if (request.length === eventsMax || (request.length > 0 && bytes + size > bytesMax)) {
      yield request;
      request = [];
      bytes = 0;
    }
    request.push(event);
    bytes += size;
  }
  if (request.length > 0) yield request;
}

/** Throws LedgerGap unless `events` are the ledger's positions `after` + 1, + 2, … */
export function assertDense(ledger: string, after: number, events: readonly StoredEvent[]): void {
  if (events.length === 0) throw new LedgerGap(ledger, after + 1, null);
  for (const [index, { position }] of events.entries()) {
    if (position !== after + 1 + index) throw new LedgerGap(ledger, after + 1 + index, position);
  }
}

/** Of the headers and the record's frame, generously. */
const HEADER_BYTES = 1_000;
