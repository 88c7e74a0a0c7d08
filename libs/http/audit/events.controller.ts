import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { EventsQueryDto, LiveEventsQueryDto } from '../query/query.dto.ts';
import { EventPages } from './event-pages.ts';
import { EventPageDto } from './events.dto.ts';
import { LiveEvents } from './live-events.ts';
import { AsLines } from './ndjson.ts';

@ApiTags('Audit')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger/events')
export class EventsController {
  constructor(
    private readonly events: EventPages,
    private readonly live: LiveEvents,
  ) {}

  @Get()
  @AsLines()
  @ApiOperation({ operationId: 'events', summary: 'Events after a position, in order, as CloudEvents' })
  @ApiOkResponse({ type: EventPageDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  page(@Param() { ledger }: LedgerPath, @Query() query: EventsQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.events.page(ledger, query, asked);
  }

  @Get('live')
  @ApiOperation({
    operationId: 'liveEvents',
    summary: 'Events after a position, and those to come, as server-sent events',
    description:
      'id is the position, event the type, data the CloudEvent. A comment comes every 15 s; a stream ends after a quarter of an hour, and whoever comes back with Last-Event-ID goes on where it was.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Goes before `after`.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  async follow(
    @Param() { ledger }: LedgerPath,
    @Query() query: LiveEventsQueryDto,
    @Headers('last-event-id') lastEventId: string | undefined,
    @AskedBy() asked: Asked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const onGone = (end: () => void) => reply.raw.once('close', end);
    const stream = await this.live.begin(ledger, query, { lastEventId, onGone }, asked);
    // A connection that were kept after the last event would keep the server from ending.
    await reply
      .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' })
      .send(stream);
  }
}
