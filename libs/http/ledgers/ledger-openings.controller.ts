import { Body, Controller, HttpCode, Post, SetMetadata, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { AnswerInterceptor } from '../commands/answer-interceptor.ts';
import { CommandAcceptedDto } from '../commands/command-answer.dto.ts';
import { IdempotencyKeyHeader } from '../commands/command-operation.ts';
import { MADE_AT } from '../commands/made-at.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { OpenLedgerDto } from './ledgers.dto.ts';
import { OpenLedger } from './open-ledger-handler.ts';

@ApiTags('Ledgers')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers')
export class LedgerOpeningsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @SetMetadata(MADE_AT, '/v1/ledgers/{ledger}')
  @UseInterceptors(AnswerInterceptor)
  @IdempotencyKeyHeader()
  @ApiOperation({ operationId: 'OpenLedger', summary: 'Open a ledger' })
  @ApiCreatedResponse({ type: CommandAcceptedDto })
  @ProblemAnswers(400, 401, 403, 409, 413, 415, 422, 429, 503)
  openLedger(@Body() body: OpenLedgerDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(new OpenLedger(body, asked));
  }
}
