import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { claimsReport, exposuresReport, redirectionsReport } from '#libs/read-models';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { ClaimsQueryDto, ExposuresQueryDto, RedirectionsQueryDto } from '../query/query.dto.ts';
import { NEXT_LINK, NextLinkInterceptor } from './next-link-interceptor.ts';
import {
  ClaimItemDto,
  ClaimsDto,
  ExposureItemDto,
  ExposuresDto,
  RedirectionItemDto,
  RedirectionsDto,
} from './obligations.dto.ts';
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

  @Get('redirections')
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({
    operationId: 'redirections',
    summary: 'The statement of each redirection: legs, approvals, what is delivered, gone and outstanding',
  })
  @Tabular(RedirectionItemDto)
  @ApiOkResponse({ type: RedirectionsDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  redirections(
    @Param() { ledger }: LedgerPath,
    @Query() query: RedirectionsQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.pageOf(ledger, query, asked, {
      read: (db, { afterId, ...filter }) => redirectionsReport(db, ledger, { ...filter, afterRedirectionId: afterId }),
      idOf: ({ redirectionId }) => redirectionId,
    });
  }

  @Get('claims')
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({ operationId: 'claims', summary: 'What was said in public, beside what the ledger says, and the gap' })
  @Tabular(ClaimItemDto)
  @ApiOkResponse({ type: ClaimsDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  claims(@Param() { ledger }: LedgerPath, @Query() query: ClaimsQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.reports.pageOf(ledger, query, asked, {
      read: (db, { afterId, ...filter }) => claimsReport(db, ledger, { ...filter, afterClaimId: afterId }),
      idOf: ({ claimId }) => claimId,
    });
  }
}
