import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandAcceptedDto } from '../commands/command-answer.dto.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ACCEPTED_HEADERS, IdempotencyKeyHeader } from '../commands/command-operation.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { OpenBranchDto, OpenLedgerDto } from './ledgers.dto.ts';
import { OpenBranch } from './open-branch-handler.ts';
import { OpenLedger } from './open-ledger-handler.ts';

const OPENED_HEADERS = {
  ...ACCEPTED_HEADERS,
  Location: { description: 'Where the ledger is read.', schema: { type: 'string' } },
} as const;

@ApiTags('Ledgers')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers')
export class LedgerOpeningsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @IdempotencyKeyHeader()
  @ApiOperation({ operationId: 'OpenLedger', summary: 'Open a ledger' })
  @ApiCreatedResponse({ type: CommandAcceptedDto, headers: OPENED_HEADERS })
  @ProblemAnswers(400, 401, 403, 409, 413, 415, 422, 429, 503)
  openLedger(@Body() body: OpenLedgerDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(new OpenLedger(body, asked));
  }

  @Post(':ledger/branches')
  @HttpCode(201)
  @IdempotencyKeyHeader()
  @ApiOperation({
    operationId: 'OpenBranch',
    summary: 'Open a what-if: a ledger that goes on from a position of this one',
  })
  @ApiCreatedResponse({ type: CommandAcceptedDto, headers: OPENED_HEADERS })
  @ProblemAnswers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
  openBranch(@Param() { ledger }: LedgerPath, @Body() body: OpenBranchDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(new OpenBranch(ledger, body, asked));
  }
}
