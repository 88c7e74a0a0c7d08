import {
  REPORTED_CAUSES,
  type ApproveOrder,
  type CancelTranche,
  type ConfirmTranche,
  type PlaceOrder,
  type RejectOrder,
  type ReportedCause,
  type RescheduleTranche,
  type ResiteTranche,
  type SplitTranche,
} from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { ChoiceField, DayField, IdField, IntegerField, ListField } from '../shape/fields.ts';

export class OrderedTrancheDto {
  @IdField({ example: 'T1' })
  trancheId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;

  @IntegerField({ least: 1, description: "Minor units of the ledger's currency." })
  unitPriceCents!: number;

  @DayField()
  requestedDate!: string;

  @IdField({ optional: true, nullable: true, description: 'Null or left out: not yet placed.' })
  siteId?: string | null;
}

export class PlaceOrderDto extends CommandBody implements Fields<PlaceOrder> {
  @IdField({ example: 'PO-T1' })
  orderId!: string;

  @IdField()
  companyId!: string;

  @IdField()
  supplierId!: string;

  @IdField()
  skuId!: string;

  @ListField(() => OrderedTrancheDto, { least: 0, most: 1000 })
  tranches!: OrderedTrancheDto[];
}

export class ApproveOrderDto extends CommandBody implements Fields<ApproveOrder, 'orderId'> {}

export class ConfirmTrancheDto extends CommandBody implements Fields<ConfirmTranche, 'orderId' | 'trancheId'> {
  @DayField()
  promisedDate!: string;
}

export class RejectOrderDto extends CommandBody implements Fields<RejectOrder, 'orderId'> {}

export class RescheduleTrancheDto extends CommandBody implements Fields<RescheduleTranche, 'orderId' | 'trancheId'> {
  @DayField()
  expectedDate!: string;

  @ChoiceField(REPORTED_CAUSES, { description: 'Whose doing it is; the lateness is booked under it.' })
  cause!: ReportedCause;
}

export class ResiteTrancheDto extends CommandBody implements Fields<ResiteTranche, 'orderId' | 'trancheId'> {
  @IdField({ description: 'A site of the company that is entitled to the units.' })
  siteId!: string;
}

export class SplitTrancheDto extends CommandBody implements Fields<SplitTranche, 'orderId' | 'trancheId'> {
  @IdField({ example: 'T1-B' })
  newTrancheId!: string;

  @IntegerField({ least: 1, description: 'Open units that go on as the new tranche: fewer than all.' })
  quantity!: number;
}

export class CancelTrancheDto extends CommandBody implements Fields<CancelTranche, 'orderId' | 'trancheId'> {
  @IntegerField({ least: 1 })
  quantity!: number;
}
