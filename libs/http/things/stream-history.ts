import { decodeBody } from '#libs/contracts';
import type { LedgerEvent } from '#libs/domain';
import type { LedgerReader, StoredEvent } from '#libs/event-store';
import type { Id, RecordedEvent } from '#libs/kernel';

const PAGE_EVENTS = 100;

export type ThingEvent = RecordedEvent<LedgerEvent>;

/** The events of `stream` up to `position`, in their order. */
export async function streamHistory(
  ledgers: LedgerReader,
  ledger: Id,
  stream: string,
  position: number,
): Promise<readonly ThingEvent[]> {
  const events: ThingEvent[] = [];
  for (;;) {
    const page = await ledgers.readStream(ledger, stream, { afterVersion: events.length, limit: PAGE_EVENTS });
    const known = page.filter((event) => event.position <= position);
    events.push(...known.map(thingEvent));
    if (known.length < PAGE_EVENTS) return events;
  }
}

/** The event at `position`. */
export async function eventAt(ledgers: LedgerReader, ledger: Id, position: number): Promise<ThingEvent | undefined> {
  const [event] = await ledgers.read(ledger, { after: position - 1, upTo: position, limit: 1 });
  return event === undefined ? undefined : thingEvent(event);
}

function thingEvent(stored: StoredEvent): ThingEvent {
  return { ...decodeBody(stored), ledger: stored.ledger, recordedAtMs: stored.recordedAtMs };
}
