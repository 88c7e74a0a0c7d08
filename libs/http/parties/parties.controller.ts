import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { RecordScreeningDto, RegisterCompanyDto, RegisterSkuDto } from './parties.dto.ts';

@ApiTags('Parties')
@Controller('v1/ledgers/:ledger')
export class PartiesController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('RegisterCompany', {
    path: 'companies',
    summary: 'Register a company',
    events: ['CompanyRegistered'],
  })
  registerCompany(
    @Param() path: LedgerPath,
    @Body() body: RegisterCompanyDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('RegisterCompany', path, body, asked));
  }

  @CommandOperation('RegisterSku', {
    path: 'skus',
    summary: 'Register a SKU',
    events: ['SkuRegistered'],
  })
  registerSku(@Param() path: LedgerPath, @Body() body: RegisterSkuDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('RegisterSku', path, body, asked));
  }

  @CommandOperation('RecordScreening', {
    path: 'screenings',
    summary: 'Record the screening of an end user',
    events: ['EndUserScreened'],
  })
  recordScreening(
    @Param() path: LedgerPath,
    @Body() body: RecordScreeningDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('RecordScreening', path, body, asked));
  }
}
