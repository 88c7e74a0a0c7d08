import { Inject, Injectable } from '@nestjs/common';
import type { CloudEventJson } from '#libs/contracts';
import { LedgerUnknown } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { Asked } from '../admission/asked.ts';
import { instantMs } from '../query/as-of.ts';
import type { EventsQueryDto } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';
import { isUnfiltered, matching } from './event-filter.ts';

export interface EventPage {
  readonly items: readonly CloudEventJson[];
  /** Whether there is more to look through after `nextAfter`. */
  readonly hasMore: boolean;
  /** Where the next page begins. */
  readonly nextAfter: number;
  readonly headPosition: number;
}

const LIMIT = 500;
/** A rare type must not make one request read a whole ledger. */
const SCANNED_MAX = 10_000;

type Times = Pick<EventsQueryDto, 'recordedFrom' | 'recordedUntil'>;

/** The ledger's events after a position, straight from the ledger. */
@Injectable()
export class EventPages {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {}

  async page(
    ledger: Id,
    { after = 0, limit = LIMIT, recordedFrom, recordedUntil, ...filter }: EventsQueryDto,
    asked: Asked,
  ): Promise<EventPage> {
    const head = await this.ports.ledgers.head(ledger);
    if (head === null) throw new LedgerUnknown(ledger);
    await this.eyes.record(ledger, asked, head.position);
    const span = await this.span(ledger, { recordedFrom, recordedUntil } as Times, head.position);
    const start = Math.max(after, span.after);
    const read = await this.ports.ledgers.read(ledger, {
      after: start,
      upTo: span.upTo,
      limit: isUnfiltered(filter) ? limit : SCANNED_MAX,
    });
    const found = matching(read, filter, limit);
    const nextAfter = positionOf(found.length === limit ? found : read, start);
    return {
      items: found.map(({ told }) => told),
      hasMore: nextAfter < span.upTo,
      nextAfter,
      headPosition: head.position,
    };
  }

  /** recordedAt never goes back, so what was recorded between two instants is a run of positions. */
  private async span(
    ledger: Id,
    { recordedFrom, recordedUntil }: Times,
    head: number,
  ): Promise<{ after: number; upTo: number }> {
    const by = (instant: string, lessMs: number) =>
      this.ports.ledgers.positionAt(ledger, Math.floor(instantMs(instant)) - lessMs);
    return {
      after: recordedFrom === undefined ? 0 : await by(recordedFrom, 1),
      upTo: recordedUntil === undefined ? head : Math.min(head, await by(recordedUntil, 0)),
    };
  }
}

function positionOf(events: readonly { readonly position: number }[], after: number): number {
  return events.at(-1)?.position ?? after;
}
