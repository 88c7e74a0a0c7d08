import { Inject, Injectable } from '@nestjs/common';
import { toCloudEventJson, type CloudEventJson } from '#libs/contracts';
import { LedgerUnknown, type StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { Asked } from '../admission/asked.ts';
import type { EventsQueryDto } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';

export interface EventPage {
  readonly items: readonly CloudEventJson[];
  /** Whether the ledger goes on after `nextAfter`. */
  readonly hasMore: boolean;
  /** Where the next page begins. */
  readonly nextAfter: number;
  readonly headPosition: number;
}

const LIMIT = 500;
/** A rare type must not make one request read a whole ledger. */
const SCANNED_MAX = 10_000;

/** The ledger's events after a position, straight from the ledger. */
@Injectable()
export class EventPages {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {}

  async page(ledger: Id, { after = 0, limit = LIMIT, ...filter }: EventsQueryDto, asked: Asked): Promise<EventPage> {
    const head = await this.ports.ledgers.head(ledger);
    if (head === null) throw new LedgerUnknown(ledger);
    await this.eyes.record(ledger, asked, head.position);
    const read = await this.ports.ledgers.read(ledger, {
      after,
      upTo: head.position,
      limit: isUnfiltered(filter) ? limit : SCANNED_MAX,
    });
    const found = matching(read, filter, limit);
    const nextAfter = found.length === limit ? positionOf(found, after) : positionOf(read, after);
    return {
      items: found.map(({ told }) => told),
      hasMore: nextAfter < head.position,
      nextAfter,
      headPosition: head.position,
    };
  }
}

type EventFilter = Omit<EventsQueryDto, 'after' | 'limit'>;

function isUnfiltered({ type, stream, actor, correlationId }: EventFilter): boolean {
  return (type ?? stream ?? actor ?? correlationId) === undefined;
}

interface Found {
  readonly position: number;
  readonly told: CloudEventJson;
}

/** The first `limit` events that all of `filter` holds for; the body is read only where type and stream fit. */
function matching(events: readonly StoredEvent[], { type, stream, ...said }: EventFilter, limit: number): Found[] {
  const found: Found[] = [];
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

function positionOf(events: readonly { readonly position: number }[], after: number): number {
  return events.at(-1)?.position ?? after;
}
