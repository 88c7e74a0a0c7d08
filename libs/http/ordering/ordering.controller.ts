import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, OrderPath, TranchePath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import {
  ApproveOrderDto,
  CancelTrancheDto,
  ConfirmTrancheDto,
  PlaceOrderDto,
  RejectOrderDto,
  RescheduleTrancheDto,
  ResiteTrancheDto,
  SplitTrancheDto,
} from './ordering.dto.ts';

@ApiTags('Ordering')
@Controller('v1/ledgers/:ledger/orders')
export class OrderingController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('PlaceOrder', {
    summary: 'Propose an order',
    events: ['OrderPlaced'],
  })
  placeOrder(@Param() path: LedgerPath, @Body() body: PlaceOrderDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('PlaceOrder', path, body, asked));
  }

  @CommandOperation('ApproveOrder', {
    path: ':orderId/approvals',
    summary: 'Approve an order of another person',
    events: ['OrderApproved', 'FundsCommitted'],
  })
  approveOrder(@Param() path: OrderPath, @Body() body: ApproveOrderDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('ApproveOrder', path, body, asked));
  }

  @CommandOperation('ConfirmTranche', {
    path: ':orderId/tranches/:trancheId/confirmations',
    summary: 'Promise a date',
    events: ['TrancheConfirmed'],
  })
  confirmTranche(
    @Param() path: TranchePath,
    @Body() body: ConfirmTrancheDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ConfirmTranche', path, body, asked));
  }

  @CommandOperation('RejectOrder', {
    path: ':orderId/rejections',
    summary: 'Reject an order; the requester may',
    events: ['OrderRejected'],
  })
  rejectOrder(@Param() path: OrderPath, @Body() body: RejectOrderDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('RejectOrder', path, body, asked));
  }

  @CommandOperation('RescheduleTranche', {
    path: ':orderId/tranches/:trancheId/reschedulings',
    summary: 'Expect what is open of a tranche on another day',
    events: ['TrancheRescheduled'],
  })
  rescheduleTranche(
    @Param() path: TranchePath,
    @Body() body: RescheduleTrancheDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('RescheduleTranche', path, body, asked));
  }

  @CommandOperation('ResiteTranche', {
    path: ':orderId/tranches/:trancheId/resitings',
    summary: 'Send what is open of a tranche to another site',
    events: ['TrancheResited'],
  })
  resiteTranche(@Param() path: TranchePath, @Body() body: ResiteTrancheDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('ResiteTranche', path, body, asked));
  }

  @CommandOperation('SplitTranche', {
    path: ':orderId/tranches/:trancheId/splits',
    summary: 'Let a part of what is open go on as a tranche of its own, to be redirected alone',
    events: ['TrancheSplit'],
  })
  splitTranche(@Param() path: TranchePath, @Body() body: SplitTrancheDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('SplitTranche', path, body, asked));
  }

  @CommandOperation('CancelTranche', {
    path: ':orderId/tranches/:trancheId/cancellations',
    summary: 'Give up open units of a tranche',
    events: ['TrancheCancelled', 'FundsReleased'],
  })
  cancelTranche(@Param() path: TranchePath, @Body() body: CancelTrancheDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('CancelTranche', path, body, asked));
  }
}
