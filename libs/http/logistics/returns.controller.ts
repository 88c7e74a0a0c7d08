import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, ReturnPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { ConfirmReturnDto, ReturnUnitsDto } from './returns.dto.ts';

@ApiTags('Logistics')
@Controller('v1/ledgers/:ledger/returns')
export class ReturnsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('ReturnUnits', {
    summary: 'Send units back to the supplier that were rejected, or accepted by mistake',
    events: ['UnitsReturned', 'CommandRequested'],
  })
  returnUnits(@Param() path: LedgerPath, @Body() body: ReturnUnitsDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('ReturnUnits', path, body, asked));
  }

  @CommandOperation('ConfirmReturn', {
    path: ':returnId/confirmations',
    summary: 'Confirm as the supplier that a return arrived',
    events: ['ReturnConfirmed'],
  })
  confirmReturn(@Param() path: ReturnPath, @Body() body: ConfirmReturnDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('ConfirmReturn', path, body, asked));
  }
}
