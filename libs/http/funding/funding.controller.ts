import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { ApproveBudgetDto } from './funding.dto.ts';

@ApiTags('Funding')
@Controller('v1/ledgers/:ledger/budgets')
export class FundingController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('ApproveBudget', {
    summary: 'Approve a budget; the limits of a company add up',
    events: ['BudgetApproved', 'CommandRequested'],
  })
  approveBudget(@Param() path: LedgerPath, @Body() body: ApproveBudgetDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('ApproveBudget', path, body, asked));
  }
}
