import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, OrderPath, TranchePath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { ApproveOrderDto, ConfirmTrancheDto, PlaceOrderDto } from './ordering.dto.ts';

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
}
