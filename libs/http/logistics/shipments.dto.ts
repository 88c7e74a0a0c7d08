import {
  REPORTED_CAUSES,
  type AcceptReceipt,
  type CorrectReceipt,
  type DispatchShipment,
  type HoldShipment,
  type ReceiveShipment,
  type ReleaseShipment,
  type ReportShipmentLost,
  type ReportedCause,
  type ReviseEta,
  type SplitShipment,
} from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { ChoiceField, DayField, FlagField, IdField, IntegerField, TextField } from '../shape/fields.ts';
import { SaysHowReplaced } from './says-how-replaced.ts';

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

export class ReviseEtaDto extends CommandBody implements Fields<ReviseEta, 'shipmentId'> {
  @DayField()
  eta!: string;

  @ChoiceField(REPORTED_CAUSES, { description: 'Whose doing it is; the lateness is booked under it.' })
  cause!: ReportedCause;
}

export class HoldShipmentDto extends CommandBody implements Fields<HoldShipment, 'shipmentId'> {
  @TextField({ lengthMax: 2000 })
  override reason!: string;
}

export class ReleaseShipmentDto extends CommandBody implements Fields<ReleaseShipment, 'shipmentId'> {}

export class SplitShipmentDto extends CommandBody implements Fields<SplitShipment, 'shipmentId'> {
  @IdField({ example: 'SH-1-B' })
  newShipmentId!: string;

  @IntegerField({ least: 1, description: 'Units that go on as the new shipment: fewer than all.' })
  quantity!: number;
}

export class ReportShipmentLostDto extends CommandBody implements Fields<ReportShipmentLost, 'shipmentId'> {}

export class CorrectReceiptDto extends CommandBody implements Fields<CorrectReceipt, 'shipmentId'> {
  @IntegerField({
    least: Number.MIN_SAFE_INTEGER,
    description: 'Units more that were accepted after all; negative: fewer, they were short.',
  })
  delta!: number;

  @TextField({ lengthMax: 2000 })
  override reason!: string;
}

export class ResolveShortfallDto extends CommandBody {
  @IntegerField({ least: 1, description: 'Units short, then rejected.' })
  quantity!: number;

  @ChoiceField(['cancel', 'replace'])
  @SaysHowReplaced()
  resolution!: 'cancel' | 'replace';

  @IdField({ optional: true, description: 'Of a replacement: the id of the new tranche of the order.' })
  newTrancheId?: string;

  @DayField({ optional: true, description: 'Of a replacement: the day on which it is promised.' })
  expectedDate?: string;
}
