import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, ShipmentPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import { AcceptReceiptDto, DispatchShipmentDto, ReceiveShipmentDto } from './shipments.dto.ts';

@ApiTags('Logistics')
@Controller('v1/ledgers/:ledger/shipments')
export class ShipmentsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandOperation('DispatchShipment', {
    summary: 'Send units of a tranche',
    events: ['ShipmentDispatched'],
  })
  dispatchShipment(
    @Param() path: LedgerPath,
    @Body() body: DispatchShipmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('DispatchShipment', path, body, asked));
  }

  @CommandOperation('ReceiveShipment', {
    path: ':shipmentId/receipts',
    summary: 'Count a shipment at the dock',
    events: ['ShipmentReceived', 'FundsCommitted'],
  })
  receiveShipment(
    @Param() path: ShipmentPath,
    @Body() body: ReceiveShipmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ReceiveShipment', path, body, asked));
  }

  @CommandOperation('AcceptReceipt', {
    path: ':shipmentId/acceptances',
    summary: 'Accept what was counted',
    events: ['ReceiptAccepted', 'FundsConsumed', 'RedirectionLegDelivered', 'ExposureChanged'],
  })
  acceptReceipt(
    @Param() path: ShipmentPath,
    @Body() body: AcceptReceiptDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('AcceptReceipt', path, body, asked));
  }
}
