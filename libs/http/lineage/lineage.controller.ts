import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { NEXT_LINK, NextLinkInterceptor } from '../reports/next-link-interceptor.ts';
import { Tabular } from '../reports/tables/tabular.ts';
import { LineageDto, LineageItemDto, LineageQueryDto } from './lineage.dto.ts';
import { LineageReader } from './lineage-reader.ts';

@ApiTags('Audit')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger/lineage')
export class LineageController {
  constructor(private readonly lineage: LineageReader) {}

  @Get()
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({
    operationId: 'lineage',
    summary: 'The events that a figure of a report comes of, and what each adds to it',
  })
  @Tabular(LineageItemDto)
  @ApiOkResponse({ type: LineageDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  page(@Param() { ledger }: LedgerPath, @Query() query: LineageQueryDto, @AskedBy() asked: Asked): Promise<object> {
    return this.lineage.page(ledger, query, asked);
  }
}
