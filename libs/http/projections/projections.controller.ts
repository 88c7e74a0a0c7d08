import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { ProjectionLags } from './projection-lags.ts';
import { ProjectionsDto } from './projections.dto.ts';

@ApiTags('Service')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger/projections')
export class ProjectionsController {
  constructor(private readonly lags: ProjectionLags) {}

  @Get()
  @ApiOperation({
    operationId: 'projections',
    summary: 'How far the reports are behind the ledger, and what halts them',
  })
  @ApiOkResponse({ type: ProjectionsDto })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  of(@Param() { ledger }: LedgerPath): Promise<object> {
    return this.lags.of(ledger);
  }
}
