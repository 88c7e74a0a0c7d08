import { toCloudEventJson, type CloudEventJson } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import type { LiveEventsQueryDto } from '../query/query.dto.ts';

/** What has to hold for an event; absent: anything. */
export type EventFilter = Omit<LiveEventsQueryDto, 'after'>;

export interface FoundEvent {
  readonly position: number;
  readonly told: CloudEventJson;
}

export function isUnfiltered({ type, stream, actor, correlationId }: EventFilter): boolean {
  return (type ?? stream ?? actor ?? correlationId) === undefined;
}

/** The first `limit` events that all of `filter` holds for; the body is read only where type and stream fit. */
export function matching(
  events: readonly StoredEvent[],
  { type, stream, ...said }: EventFilter,
  limit = Infinity,
): readonly FoundEvent[] {
  const found: FoundEvent[] = [];
  for (const event of events) {
    if (found.length === limit) break;
    if ((type ?? event.type) !== event.type || (stream ?? event.stream) !== event.stream) continue;
    const told = toCloudEventJson(event);
    if ((said.actor ?? told.actor) !== told.actor) continue;
    if ((said.correlationId ?? told.correlationid) !== told.correlationid) continue;
    found.push({ position: event.position, told });
  }
  return found;
}
