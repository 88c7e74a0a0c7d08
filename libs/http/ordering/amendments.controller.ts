import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { AmendmentPath, LedgerPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import {
  ApproveAmendmentDto,
  ConfirmAmendmentDto,
  ProposeAmendmentDto,
  RejectAmendmentDto,
  WithdrawAmendmentDto,
} from './amendments.dto.ts';

@ApiTags('Ordering')
@Controller('v1/ledgers/:ledger/amendments')
export class AmendmentsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('ProposeAmendment', {
    summary: 'Propose to change what is open of an approved order, or to add tranches to it',
    events: ['AmendmentProposed'],
  })
  proposeAmendment(
    @Param() path: LedgerPath,
    @Body() body: ProposeAmendmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ProposeAmendment', path, body, asked));
  }

  @CommandOperation('ApproveAmendment', {
    path: ':amendmentId/approvals',
    summary: 'Approve an amendment that costs more, as another person than who proposed it',
    events: ['AmendmentApproved'],
  })
  approveAmendment(
    @Param() path: AmendmentPath,
    @Body() body: ApproveAmendmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ApproveAmendment', path, body, asked));
  }

  @CommandOperation('ConfirmAmendment', {
    path: ':amendmentId/confirmations',
    summary: 'Confirm an amendment as the supplier: it takes effect',
    events: ['AmendmentConfirmed', 'TrancheAmended', 'TrancheAdded', 'FundsCommitted', 'FundsReleased'],
  })
  confirmAmendment(
    @Param() path: AmendmentPath,
    @Body() body: ConfirmAmendmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ConfirmAmendment', path, body, asked));
  }

  @CommandOperation('RejectAmendment', {
    path: ':amendmentId/rejections',
    summary: 'Reject an amendment as the supplier',
    events: ['AmendmentRejected'],
  })
  rejectAmendment(
    @Param() path: AmendmentPath,
    @Body() body: RejectAmendmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('RejectAmendment', path, body, asked));
  }

  @CommandOperation('WithdrawAmendment', {
    path: ':amendmentId/withdrawals',
    summary: 'Withdraw an amendment that is not decided yet',
    events: ['AmendmentWithdrawn'],
  })
  withdrawAmendment(
    @Param() path: AmendmentPath,
    @Body() body: WithdrawAmendmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('WithdrawAmendment', path, body, asked));
  }
}
