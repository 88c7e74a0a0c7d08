import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { WaiveExposureDto } from './redirections.dto.ts';

@ApiTags('Logistics')
@Controller('v1/ledgers/:ledger/exposure-waivers')
export class ExposuresController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('WaiveExposure', {
    summary: 'Forgive units that another company owes yours',
    events: ['ExposureWaived', 'CommandRequested'],
  })
  waiveExposure(@Param() path: LedgerPath, @Body() body: WaiveExposureDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('WaiveExposure', path, body, asked));
  }
}
