import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { NEXT_LINK, NextLinkInterceptor } from '../reports/next-link-interceptor.ts';
import { Tabular } from '../reports/tables/tabular.ts';
import { InboxReader } from './inbox-reader.ts';
import { InboxDto, InboxItemDto, InboxQueryDto } from './inbox.dto.ts';

@ApiTags('Reports')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger/inbox')
export class InboxController {
  constructor(private readonly inbox: InboxReader) {}

  @Get()
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({
    operationId: 'inbox',
    summary: 'What waits for who asks, oldest first: what they may act on and did not ask for themselves',
  })
  @Tabular(InboxItemDto)
  @ApiOkResponse({ type: InboxDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  page(@Param() { ledger }: LedgerPath, @Query() query: InboxQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.inbox.page(ledger, query, asked);
  }
}
