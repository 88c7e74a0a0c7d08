import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { SetApprovalLimitDto } from './approvals.dto.ts';

/** Who may approve what. */
@ApiTags('Approvals')
@Controller('v1/ledgers/:ledger')
export class ApprovalsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('SetApprovalLimit', {
    path: 'approval-limits',
    summary: 'Say what a person may commit by one approval of an order or redirection; none set: any amount',
    events: ['ApprovalLimitSet'],
  })
  setApprovalLimit(
    @Param() path: LedgerPath,
    @Body() body: SetApprovalLimitDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('SetApprovalLimit', path, body, asked));
  }
}
