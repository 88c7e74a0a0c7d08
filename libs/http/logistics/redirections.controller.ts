import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, RedirectionPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import {
  ApproveRedirectionDto,
  ProposeRedirectionDto,
  RejectRedirectionDto,
  WithdrawRedirectionDto,
} from './redirections.dto.ts';

const ACTIVATION = ['ShipmentRedirected', 'CommitmentRedirected', 'RedirectionActivated'] as const;

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
    events: ['RedirectionApproved', ...ACTIVATION, 'FundsMoved'],
  })
  approveRedirection(
    @Param() path: RedirectionPath,
    @Body() body: ApproveRedirectionDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ApproveRedirection', path, body, asked));
  }

  @CommandOperation('RejectRedirection', {
    path: ':redirectionId/rejections',
    summary: 'Reject a redirection for a company',
    events: ['RedirectionRejected'],
  })
  rejectRedirection(
    @Param() path: RedirectionPath,
    @Body() body: RejectRedirectionDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('RejectRedirection', path, body, asked));
  }

  @CommandOperation('WithdrawRedirection', {
    path: ':redirectionId/withdrawals',
    summary: 'Withdraw a redirection that you proposed',
    events: ['RedirectionWithdrawn'],
  })
  withdrawRedirection(
    @Param() path: RedirectionPath,
    @Body() body: WithdrawRedirectionDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('WithdrawRedirection', path, body, asked));
  }
}
