import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, SitePath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import {
  AllowOverloadDto,
  RecordOpeningBalanceDto,
  RegisterSiteDto,
  ReportCapacityUnavailableDto,
  RestoreCapacityDto,
} from './facilities.dto.ts';

@ApiTags('Facilities')
@Controller('v1/ledgers/:ledger')
export class FacilitiesController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('RegisterSite', {
    path: 'sites',
    summary: 'Register a site',
    events: ['SiteRegistered'],
  })
  registerSite(@Param() path: LedgerPath, @Body() body: RegisterSiteDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('RegisterSite', path, body, asked));
  }

  @CommandOperation('ReportCapacityUnavailable', {
    path: 'sites/:siteId/capacity-notices',
    summary: 'Report that a site can take fewer units',
    events: ['CapacityUnavailable'],
  })
  reportCapacityUnavailable(
    @Param() path: SitePath,
    @Body() body: ReportCapacityUnavailableDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ReportCapacityUnavailable', path, body, asked));
  }

  @CommandOperation('RecordOpeningBalance', {
    path: 'opening-balances',
    summary: 'Record units that stood at a site before the ledger began',
    events: ['OpeningBalanceRecorded', 'CommandRequested'],
  })
  recordOpeningBalance(
    @Param() path: LedgerPath,
    @Body() body: RecordOpeningBalanceDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('RecordOpeningBalance', path, body, asked));
  }

  @CommandOperation('RestoreCapacity', {
    path: 'sites/:siteId/capacity-restorations',
    summary: 'Report that a site can take more units again',
    events: ['CapacityRestored'],
  })
  restoreCapacity(
    @Param() path: SitePath,
    @Body() body: RestoreCapacityDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('RestoreCapacity', path, body, asked));
  }

  @CommandOperation('AllowOverload', {
    path: 'sites/:siteId/overloads',
    summary: 'Tolerate units above usable for a while',
    events: ['OverloadAllowed', 'CommandRequested'],
  })
  allowOverload(@Param() path: SitePath, @Body() body: AllowOverloadDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('AllowOverload', path, body, asked));
  }
}
