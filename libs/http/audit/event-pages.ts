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

  async page(ledger: Id, { after = 0, limit = LIMIT, type }: EventsQueryDto, asked: Asked): Promise<EventPage> {
    const head = await this.ports.ledgers.head(ledger);
    if (head === null) throw new LedgerUnknown(ledger);
    await this.eyes.record(ledger, asked, head.position);
    const read = await this.ports.ledgers.read(ledger, {
      after,
      upTo: head.position,
      limit: type === undefined ? limit : SCANNED_MAX,
    });
    const found = read.filter((event) => type === undefined || event.type === type).slice(0, limit);
    const nextAfter = found.length === limit ? positionOf(found, after) : positionOf(read, after);
    return {
      items: found.map(toCloudEventJson),
      hasMore: nextAfter < head.position,
      nextAfter,
      headPosition: head.position,
    };
  }
}

function positionOf(events: readonly StoredEvent[], after: number): number {
  return events.at(-1)?.position ?? after;
}
