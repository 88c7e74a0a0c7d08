import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { BranchPath, LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { BranchDifferencesQueryDto, DifferencesQueryDto } from '../query/query.dto.ts';
import { NEXT_LINK, NextLinkInterceptor } from '../reports/next-link-interceptor.ts';
import { Tabular } from '../reports/tables/tabular.ts';
import { DifferenceReader } from './difference-reader.ts';
import { DifferenceItemDto, DifferencesDto } from './differences.dto.ts';

@ApiTags('Audit')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class DifferencesController {
  constructor(private readonly differences: DifferenceReader) {}

  @Get('differences')
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({
    operationId: 'differences',
    summary: 'What differs between two moments: in words by company, then every figure with the events that explain it',
  })
  @Tabular(DifferenceItemDto)
  @ApiOkResponse({ type: DifferencesDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  page(@Param() { ledger }: LedgerPath, @Query() query: DifferencesQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.differences.page(ledger, query, asked);
  }

  @Get('branches/:branchId/differences')
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({
    operationId: 'branchDifferences',
    summary:
      'What a what-if comes to, beside the ledger that it goes on from: `before` is the ledger, `after` the branch',
  })
  @Tabular(DifferenceItemDto)
  @ApiOkResponse({ type: DifferencesDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  pageOfBranch(
    @Param() { ledger, branchId }: BranchPath,
    @Query() query: BranchDifferencesQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.differences.pageOfBranch(ledger, branchId, query, asked);
  }
}
