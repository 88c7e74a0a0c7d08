import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { EnergiseUnitsDto, MoveStockDto, TransferTitleDto } from './stock.dto.ts';

@ApiTags('Stock')
@Controller('v1/ledgers/:ledger')
export class StockController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('TransferTitle', {
    path: 'title-transfers',
    summary: 'Make units that stand at a site another company’s',
    events: ['TitleTransferred'],
  })
  transferTitle(@Param() path: LedgerPath, @Body() body: TransferTitleDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('TransferTitle', path, body, asked));
  }

  @CommandOperation('MoveStock', {
    path: 'stock-moves',
    summary: 'Move units to another site of their company',
    events: ['StockMoved'],
  })
  moveStock(@Param() path: LedgerPath, @Body() body: MoveStockDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('MoveStock', path, body, asked));
  }

  @CommandOperation('EnergiseUnits', {
    path: 'energisations',
    summary: 'Put units into use',
    events: ['UnitsEnergised'],
  })
  energiseUnits(@Param() path: LedgerPath, @Body() body: EnergiseUnitsDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('EnergiseUnits', path, body, asked));
  }
}
