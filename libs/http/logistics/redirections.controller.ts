import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, RedirectionPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { ApproveRedirectionDto, ProposeRedirectionDto } from './redirections.dto.ts';

const ACTIVATION = ['ShipmentRedirected', 'CommitmentRedirected', 'FundsMoved', 'RedirectionActivated'] as const;

@ApiTags('Logistics')
@Controller('v1/ledgers/:ledger/redirections')
export class RedirectionsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('ProposeRedirection', {
    summary: 'Propose to redirect shipments and open tranches',
    events: ['RedirectionProposed', ...ACTIVATION],
  })
  proposeRedirection(
    @Param() path: LedgerPath,
    @Body() body: ProposeRedirectionDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ProposeRedirection', path, body, asked));
  }

  @CommandOperation('ApproveRedirection', {
    path: ':redirectionId/approvals',
    summary: 'Approve a redirection for a company; the last approval activates it',
    events: ['RedirectionApproved', ...ACTIVATION],
  })
  approveRedirection(
    @Param() path: RedirectionPath,
    @Body() body: ApproveRedirectionDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ApproveRedirection', path, body, asked));
  }
}
