import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { AsOfQuery } from '../query/query.dto.ts';
import { ApprovalLimitsDto, ApprovalLimitsQueryDto, PolicyDto } from './rules-in-force.dto.ts';
import { RulesInForce } from './rules-in-force.ts';

@ApiTags('Funding')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class RulesInForceController {
  constructor(private readonly rules: RulesInForce) {}

  @Get('approval-limits')
  @ApiOperation({ operationId: 'approvalLimits', summary: 'What each person may commit by one approval' })
  @ApiOkResponse({ type: ApprovalLimitsDto })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  limits(
    @Param() { ledger }: LedgerPath,
    @Query() query: ApprovalLimitsQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.rules.limits(ledger, query, asked);
  }

  @Get('policies')
  @ApiOperation({ operationId: 'policy', summary: 'Which commands are under four eyes, and since when' })
  @ApiOkResponse({ type: PolicyDto })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  policy(@Param() { ledger }: LedgerPath, @Query() query: AsOfQuery): Promise<object> {
    return this.rules.policy(ledger, query);
  }
}
