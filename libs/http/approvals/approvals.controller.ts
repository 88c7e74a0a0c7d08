import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, RequestPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import {
  AdoptPolicyDto,
  ApproveRequestDto,
  RejectRequestDto,
  SetApprovalLimitDto,
  WithdrawRequestDto,
} from './approvals.dto.ts';

/** Who may approve what. */
@ApiTags('Approvals')
@Controller('v1/ledgers/:ledger')
export class ApprovalsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('SetApprovalLimit', {
    path: 'approval-limits',
    summary: 'Say what a person may commit by one approval of an order or redirection; none set: any amount',
    events: ['ApprovalLimitSet', 'CommandRequested'],
  })
  setApprovalLimit(
    @Param() path: LedgerPath,
    @Body() body: SetApprovalLimitDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('SetApprovalLimit', path, body, asked));
  }

  @CommandOperation('AdoptPolicy', {
    path: 'policies',
    summary: 'Say which commands two people of a company must agree on; the history is in the ledger',
    events: ['PolicyAdopted', 'CommandRequested'],
  })
  adoptPolicy(@Param() path: LedgerPath, @Body() body: AdoptPolicyDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('AdoptPolicy', path, body, asked));
  }

  @CommandOperation('ApproveRequest', {
    path: 'requests/:requestId/approvals',
    summary: 'Approve what another person of the company, or of the group, asked for; it happens in the same step',
    events: [
      'RequestApproved',
      'BudgetApproved',
      'ExposureWaived',
      'OpeningBalanceRecorded',
      'ReceiptCorrected',
      'OverloadAllowed',
      'ApprovalLimitSet',
      'UnitsReturned',
      'PolicyAdopted',
    ],
  })
  approveRequest(
    @Param() path: RequestPath,
    @Body() body: ApproveRequestDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ApproveRequest', path, body, asked));
  }

  @CommandOperation('RejectRequest', {
    path: 'requests/:requestId/rejections',
    summary: 'Reject what was asked for; who asked may',
    events: ['RequestRejected'],
  })
  rejectRequest(@Param() path: RequestPath, @Body() body: RejectRequestDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('RejectRequest', path, body, asked));
  }

  @CommandOperation('WithdrawRequest', {
    path: 'requests/:requestId/withdrawals',
    summary: 'Withdraw what you asked for',
    events: ['RequestWithdrawn'],
  })
  withdrawRequest(
    @Param() path: RequestPath,
    @Body() body: WithdrawRequestDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('WithdrawRequest', path, body, asked));
  }
}
