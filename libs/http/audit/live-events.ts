import { Readable } from 'node:stream';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { LedgerUnknown } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { Asked } from '../admission/asked.ts';
import { edgeProblem } from '../problem/problem.ts';
import type { LiveEventsQueryDto } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';
import { matching, type EventFilter } from './event-filter.ts';
import { HeadWatch } from './head-watch.ts';
import { LiveStreams } from './live-streams.ts';

const POLL_MS = 200;
const HEARTBEAT_MS = 15_000;
/** A token is checked when a stream begins: a client comes back with a fresh one and goes on where it was. */
const LIFE_MS = 15 * 60_000;
/** Also what lies in memory for a client that reads slowly: the next page is read when this one is gone. */
const PAGE_EVENTS = 100;
const LIMITS = { perCaller: 8, inAll: 400 };

/** What a client says beside the query, and how it is known that it has left. */
interface Listening {
  readonly lastEventId: string | undefined;
  readonly onGone: (end: () => void) => unknown;
}

/** Where a stream goes on. */
interface Place {
  readonly ledger: Id;
  readonly after: number;
}

/** The ledger's events as they come, as server-sent events: id is the position, data the CloudEvent. */
@Injectable()
export class LiveEvents implements BeforeApplicationShutdown {
  private readonly streams = new LiveStreams(LIMITS);
  private readonly watch: HeadWatch;

  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {
    this.watch = new HeadWatch(() => ports.ledgers.heads(), POLL_MS);
  }

  /**
   * `lastEventId`, the header of the same name, goes before `after`; `onGone` is told what to do when the client has left.
   * Throws `QUERY_INVALID`, `POSITION_UNKNOWN`, `RATE_LIMITED`, LedgerUnknown.
   */
  async begin(
    ledger: Id,
    { after = 0, ...filter }: LiveEventsQueryDto,
    { lastEventId, onGone }: Listening,
    asked: Asked,
  ): Promise<Readable> {
    const place = { ledger, after: lastEventId === undefined ? after : positionIn(lastEventId) };
    const head = await this.ports.ledgers.head(ledger);
    if (head === null) throw new LedgerUnknown(ledger);
    if (place.after > head.position) {
      throw edgeProblem('POSITION_UNKNOWN', { fields: { after: place.after, headPosition: head.position } });
    }
    await this.eyes.record(ledger, asked, head.position);
    const stream = this.streams.begin(asked.principal.subject);
    // A generator that waits hears of no end but this one.
    onGone(() => this.streams.end(stream));
    return Readable.from(this.told(place, filter, stream.signal), { objectMode: false, highWaterMark: 1 });
  }

  /** Before the server waits for its last answer, which no stream would ever give. */
  beforeApplicationShutdown(): void {
    this.streams.endAll();
  }

  private async *told({ ledger, after }: Place, filter: EventFilter, signal: AbortSignal): AsyncGenerator<string> {
    const endMs = performance.now() + LIFE_MS;
    let at = after;
    yield comment(`events of ${ledger} after ${after}`);
    while (!signal.aborted && performance.now() < endMs) {
      const events = await this.ports.ledgers.read(ledger, { after: at, limit: PAGE_EVENTS });
      at = events.at(-1)?.position ?? at;
      if (events.length > 0) yield messages(matching(events, filter), at);
      else if (!(await this.watch.isBeyond(ledger, at, HEARTBEAT_MS, signal))) yield comment('still here');
    }
  }
}

function positionIn(lastEventId: string): number {
  if (/^(0|[1-9]\d{0,14})$/.test(lastEventId)) return Number(lastEventId);
  const detail = 'must be the id of an event of this stream';
  throw edgeProblem('QUERY_INVALID', { errors: [{ pointer: '/Last-Event-ID', detail }] });
}

function comment(text: string): string {
  return `: ${text}\n\n`;
}

/** The last is an id alone where the events up to `at` were none that was asked for: whoever comes back goes on behind them. */
function messages(found: ReturnType<typeof matching>, at: number): string {
  const texts = found.map(({ position, told }) => message(position, told.type, JSON.stringify(told)));
  return found.at(-1)?.position === at ? texts.join('') : `${texts.join('')}id: ${at}\n\n`;
}

function message(position: number, type: string, data: string): string {
  return `id: ${position}\nevent: ${type}\ndata: ${data}\n\n`;
}
