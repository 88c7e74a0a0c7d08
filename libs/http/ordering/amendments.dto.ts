import type {
  ApproveAmendment,
  ConfirmAmendment,
  ProposeAmendment,
  RejectAmendment,
  RequestedChange,
  WithdrawAmendment,
} from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { DayField, IdField, IntegerField, ListField, TextField } from '../shape/fields.ts';
import { OrderedTrancheDto } from './ordering.dto.ts';

/** What is left out stays as it is. */
export class RequestedChangeDto implements RequestedChange {
  @IdField({ example: 'T1' })
  trancheId!: string;

  @IntegerField({
    least: 1,
    optional: true,
    description: 'Units open from then on; more only before the first promise.',
  })
  quantity?: number;

  @IntegerField({ least: 1, optional: true, description: "Minor units of the ledger's currency." })
  unitPriceCents?: number;

  @DayField({ optional: true })
  requestedDate?: string;
}

export class ProposeAmendmentDto extends CommandBody implements Fields<ProposeAmendment> {
  @IdField({ example: 'AM-1' })
  amendmentId!: string;

  @IdField()
  orderId!: string;

  @TextField({ lengthMax: 2000 })
  override reason!: string;

  @ListField(() => RequestedChangeDto, { least: 0, most: 1000 })
  changes!: RequestedChangeDto[];

  @ListField(() => OrderedTrancheDto, { least: 0, most: 1000, optional: true })
  newTranches?: OrderedTrancheDto[];
}

export class ApproveAmendmentDto extends CommandBody implements Fields<ApproveAmendment, 'amendmentId'> {}

export class ConfirmAmendmentDto extends CommandBody implements Fields<ConfirmAmendment, 'amendmentId'> {}

export class RejectAmendmentDto extends CommandBody implements Fields<RejectAmendment, 'amendmentId'> {}

export class WithdrawAmendmentDto extends CommandBody implements Fields<WithdrawAmendment, 'amendmentId'> {}
