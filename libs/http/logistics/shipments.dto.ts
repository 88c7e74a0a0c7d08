import type { AcceptReceipt, DispatchShipment, ReceiveShipment } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { DayField, FlagField, IdField, IntegerField, TextField } from '../shape/fields.ts';

export class DispatchShipmentDto extends CommandBody implements Fields<DispatchShipment> {
  @IdField({ example: 'SH-1' })
  shipmentId!: string;

  @IdField()
  orderId!: string;

  @IdField()
  trancheId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;

  @DayField({ description: 'The day on which it should arrive.' })
  eta!: string;

  @TextField({ lengthMax: 100, optional: true, description: 'Advance shipping notice.' })
  asn?: string;
}

export class ReceiveShipmentDto extends CommandBody implements Fields<ReceiveShipment, 'shipmentId'> {
  @IdField()
  siteId!: string;

  @IntegerField()
  counted!: number;

  @FlagField({ optional: true, description: 'Take more than was shipped.' })
  acceptOver?: boolean;
}

export class AcceptReceiptDto extends CommandBody implements Fields<AcceptReceipt, 'shipmentId'> {
  @IntegerField()
  accepted!: number;

  @IntegerField({ optional: true })
  rejected?: number;
}
