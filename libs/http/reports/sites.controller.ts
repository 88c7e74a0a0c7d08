import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { daysBetween } from '#libs/kernel';
import { breachesReport, headroomReport, idlenessReport, siteLoadReport } from '#libs/read-models';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { edgeProblem } from '../problem/problem.ts';
import { IdlenessQueryDto, SiteLoadQueryDto, SitesQueryDto } from '../query/query.dto.ts';
import { ReportReader } from './report-reader.ts';
import {
  BreachesDto,
  BreachItemDto,
  HeadroomDto,
  HeadroomItemDto,
  IdlenessDto,
  IdlenessItemDto,
  SiteLoadDto,
  SiteLoadItemDto,
} from './sites.dto.ts';
import { Tabular } from './tables/tabular.ts';

/** Days of one answer: a screen shows fewer. */
const DAYS_MAX = 1_000;

/** What sites can take, and what is on them and on the way to them. */
@ApiTags('Reports')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class SitesController {
  constructor(private readonly reports: ReportReader) {}

  @Get('site-load')
  @ApiOperation({ operationId: 'siteLoad', summary: 'Usable, standing and inbound units of sites day by day' })
  @Tabular(SiteLoadItemDto)
  @ApiOkResponse({ type: SiteLoadDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  siteLoad(
    @Param() { ledger }: LedgerPath,
    @Query() query: SiteLoadQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    checkDays(query);
    return this.reports.toldWhole(ledger, query, asked, (db, filter) => siteLoadReport(db, ledger, filter));
  }

  @Get('headroom')
  @ApiOperation({ operationId: 'headroom', summary: 'The least headroom of sites from a day on' })
  @Tabular(HeadroomItemDto)
  @ApiOkResponse({ type: HeadroomDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  headroom(@Param() { ledger }: LedgerPath, @Query() query: SitesQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.reports.toldWhole(ledger, query, asked, (db, filter) => headroomReport(db, ledger, filter));
  }

  @Get('breaches')
  @ApiOperation({ operationId: 'breaches', summary: 'Sites above what they can take, and the events that made it so' })
  @Tabular(BreachItemDto)
  @ApiOkResponse({ type: BreachesDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  breaches(@Param() { ledger }: LedgerPath, @Query() query: SitesQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.reports.toldWhole(ledger, query, asked, (db, filter) => breachesReport(db, ledger, filter));
  }

  @Get('idleness')
  @ApiOperation({ operationId: 'idleness', summary: 'Unit-days that units stood idle before a day' })
  @Tabular(IdlenessItemDto)
  @ApiOkResponse({ type: IdlenessDto })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  idleness(
    @Param() { ledger }: LedgerPath,
    @Query() query: IdlenessQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.toldWhole(ledger, query, asked, (db, filter) => idlenessReport(db, ledger, filter));
  }
}

function checkDays({ from, to }: SiteLoadQueryDto): void {
  if (from === undefined || to === undefined) return;
  const days = daysBetween(from, to);
  if (days < 0)
    throw edgeProblem('QUERY_INVALID', { errors: [{ pointer: '/to', detail: 'must not lie before from' }] });
  if (days >= DAYS_MAX)
    throw edgeProblem('QUERY_INVALID', {
      errors: [{ pointer: '/to', detail: `must be fewer than ${DAYS_MAX} days after from` }],
    });
}
