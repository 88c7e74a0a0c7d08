import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { fundsReport, slippageReport } from '#libs/read-models';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { FundsQueryDto, SlippageQueryDto } from '../query/query.dto.ts';
import { FundsDto, FundsItemDto, SlippageDto, SlippageItemDto } from './accounts.dto.ts';
import { ReportReader } from './report-reader.ts';
import { Tabular } from './tables/tabular.ts';

/** What companies' accounts add up to: money, and lateness. */
@ApiTags('Reports')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class AccountsController {
  constructor(private readonly reports: ReportReader) {}

  @Get('funds')
  @ApiOperation({ operationId: 'funds', summary: 'Limits, committed and consumed money by company' })
  @Tabular(FundsItemDto)
  @ApiOkResponse({ type: FundsDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  funds(@Param() { ledger }: LedgerPath, @Query() query: FundsQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.reports.told(ledger, query, asked, (db, filter) => fundsReport(db, ledger, filter));
  }

  @Get('slippage')
  @ApiOperation({ operationId: 'slippage', summary: 'Lateness by company, SKU and cause, in unit-days and cent-days' })
  @Tabular(SlippageItemDto)
  @ApiOkResponse({ type: SlippageDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  slippage(
    @Param() { ledger }: LedgerPath,
    @Query() query: SlippageQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.told(ledger, query, asked, (db, filter) => slippageReport(db, ledger, filter));
  }
}
