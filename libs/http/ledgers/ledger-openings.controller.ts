import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandAcceptedDto } from '../commands/command-answer.dto.ts';
import { ACCEPTED_HEADERS, IdempotencyKeyHeader } from '../commands/command-operation.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { OpenLedgerDto } from './ledgers.dto.ts';
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
}
