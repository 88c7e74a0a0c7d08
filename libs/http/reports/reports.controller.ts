import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { PositionsQueryDto, ScheduleQueryDto } from '../query/query.dto.ts';
import { NEXT_LINK, NextLinkInterceptor } from './next-link-interceptor.ts';
import { ReportReader } from './report-reader.ts';
import { Tabular } from './tables/tabular.ts';
import { DeliveryScheduleDto, ScheduleItemDto, PositionsDto, PositionItemDto } from './reports.dto.ts';

@ApiTags('Reports')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class ReportsController {
  constructor(private readonly reports: ReportReader) {}

  @Get('positions')
  @ApiOperation({ operationId: 'positions', summary: 'Units by company and SKU in every bucket, and what is owed' })
  @Tabular(PositionItemDto)
  @ApiOkResponse({ type: PositionsDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  positions(
    @Param() { ledger }: LedgerPath,
    @Query() query: PositionsQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.positions(ledger, query, asked);
  }

  @Get('delivery-schedule')
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({ operationId: 'deliverySchedule', summary: 'What is due when, for whom, where, and how late' })
  @Tabular(ScheduleItemDto)
  @ApiOkResponse({ type: DeliveryScheduleDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  deliverySchedule(
    @Param() { ledger }: LedgerPath,
    @Query() query: ScheduleQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.deliverySchedule(ledger, query, asked);
  }
}
