import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { RecordClaimDto } from './claims.dto.ts';

@ApiTags('Claims')
@Controller('v1/ledgers/:ledger/claims')
export class ClaimsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('RecordClaim', {
    summary: 'Record what somebody said in public of a company',
    events: ['PublicClaimRecorded'],
  })
  recordClaim(@Param() path: LedgerPath, @Body() body: RecordClaimDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('RecordClaim', path, body, asked));
  }
}
