import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { CommandOperation } from '../commands/command-operation.ts';
import { LedgerPath, ShipmentPath } from '../commands/paths.ts';
import { toSubmit } from '../commands/submit-command.ts';
import {
  AcceptReceiptDto,
  CorrectReceiptDto,
  DispatchShipmentDto,
  HoldShipmentDto,
  ReceiveShipmentDto,
  ReleaseShipmentDto,
  ReportShipmentLostDto,
  ResolveShortfallDto,
  ReviseEtaDto,
  SplitShipmentDto,
} from './shipments.dto.ts';

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

  @CommandOperation('ReviseEta', {
    path: ':shipmentId/eta-revisions',
    summary: 'Expect a shipment on another day',
    events: ['EtaRevised'],
  })
  reviseEta(@Param() path: ShipmentPath, @Body() body: ReviseEtaDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('ReviseEta', path, body, asked));
  }

  @CommandOperation('HoldShipment', {
    path: ':shipmentId/holds',
    summary: 'Hold a shipment on its way: it can be redirected, not received',
    events: ['ShipmentHeld'],
  })
  holdShipment(@Param() path: ShipmentPath, @Body() body: HoldShipmentDto, @AskedBy() asked: Asked): Promise<unknown> {
    return this.commands.execute(toSubmit('HoldShipment', path, body, asked));
  }

  @CommandOperation('ReleaseShipment', {
    path: ':shipmentId/releases',
    summary: 'Release a held shipment',
    events: ['ShipmentReleased'],
  })
  releaseShipment(
    @Param() path: ShipmentPath,
    @Body() body: ReleaseShipmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ReleaseShipment', path, body, asked));
  }

  @CommandOperation('SplitShipment', {
    path: ':shipmentId/splits',
    summary: 'Let a part of a shipment on its way go on as a shipment of its own, to be redirected alone',
    events: ['ShipmentSplit'],
  })
  splitShipment(
    @Param() path: ShipmentPath,
    @Body() body: SplitShipmentDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('SplitShipment', path, body, asked));
  }

  @CommandOperation('ReportShipmentLost', {
    path: ':shipmentId/losses',
    summary: 'Report that a shipment will never arrive: all of it is short',
    events: ['ShipmentLost'],
  })
  reportShipmentLost(
    @Param() path: ShipmentPath,
    @Body() body: ReportShipmentLostDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ReportShipmentLost', path, body, asked));
  }

  @CommandOperation('CorrectReceipt', {
    path: ':shipmentId/corrections',
    summary: 'Correct how many units were accepted',
    events: ['ReceiptCorrected', 'CommandRequested'],
  })
  correctReceipt(
    @Param() path: ShipmentPath,
    @Body() body: CorrectReceiptDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('CorrectReceipt', path, body, asked));
  }

  @CommandOperation('ResolveShortfall', {
    path: ':shipmentId/shortfall-resolutions',
    summary: 'Give up units short or rejected, or have them replaced',
    events: ['ShortfallCancelled', 'FundsReleased', 'ReplacementPromised'],
  })
  resolveShortfall(
    @Param() path: ShipmentPath,
    @Body() body: ResolveShortfallDto,
    @AskedBy() asked: Asked,
  ): Promise<unknown> {
    return this.commands.execute(toSubmit('ResolveShortfall', path, body, asked));
  }
}
