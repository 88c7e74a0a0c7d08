import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { NEXT_LINK, NextLinkInterceptor } from '../reports/next-link-interceptor.ts';
import { ReportReader } from '../reports/report-reader.ts';
import { Tabular } from '../reports/tables/tabular.ts';
import { ControlItemDto, ControlsDto, ControlsQueryDto } from './controls.dto.ts';
import { controlsPages } from './controls-pages.ts';

@ApiTags('Audit')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger/controls')
export class ControlsController {
  constructor(private readonly reports: ReportReader) {}

  @Get()
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({
    operationId: 'controls',
    summary: 'What was refused, allowed beyond the rules, and read across companies',
  })
  @Tabular(ControlItemDto)
  @ApiOkResponse({ type: ControlsDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  controls(
    @Param() { ledger }: LedgerPath,
    @Query() query: ControlsQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.pageOf(ledger, query, asked, controlsPages(ledger));
  }
}
