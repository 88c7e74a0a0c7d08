import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { exposuresReport } from '#libs/read-models';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { ExposuresQueryDto } from '../query/query.dto.ts';
import { ExposuresDto, ExposureItemDto } from './obligations.dto.ts';
import { ReportReader } from './report-reader.ts';
import { Tabular } from './tables/tabular.ts';

/** What companies agreed among themselves, what they owe each other for it, and what was said in public. */
@ApiTags('Reports')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class ObligationsController {
  constructor(private readonly reports: ReportReader) {}

  @Get('exposures')
  @ApiOperation({ operationId: 'exposures', summary: 'Who owes whom how many units, by pair and SKU; net by company' })
  @Tabular(ExposureItemDto)
  @ApiOkResponse({ type: ExposuresDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  exposures(
    @Param() { ledger }: LedgerPath,
    @Query() query: ExposuresQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.told(ledger, query, asked, (db, filter) => exposuresReport(db, ledger, filter));
  }
}
