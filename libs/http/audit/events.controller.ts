import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { EventsQueryDto } from '../query/query.dto.ts';
import { EventPages } from './event-pages.ts';
import { EventPageDto } from './events.dto.ts';

@ApiTags('Audit')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger/events')
export class EventsController {
  constructor(private readonly events: EventPages) {}

  @Get()
  @ApiOperation({ operationId: 'events', summary: 'Events after a position, in order, as CloudEvents' })
  @ApiOkResponse({ type: EventPageDto })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  page(@Param() { ledger }: LedgerPath, @Query() query: EventsQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.events.page(ledger, query, asked);
  }
}
