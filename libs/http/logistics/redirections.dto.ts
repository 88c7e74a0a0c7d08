import type { ApproveRedirection, RejectRedirection, WaiveExposure, WithdrawRedirection } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { TakesOneThing } from './takes-one-thing.ts';
import { IdField, IntegerField, ListField, TextField } from '../shape/fields.ts';

/** Takes a whole shipment, or all that is open of a tranche. */
export class RequestedLegDto {
  @IdField({ optional: true, description: 'A shipment on its way; or orderId and trancheId.' })
  shipmentId?: string;

  @IdField({ optional: true })
  orderId?: string;

  @IdField({ optional: true })
  trancheId?: string;

  @IdField()
  @TakesOneThing()
  toCompanyId!: string;

  @IdField()
  toSiteId!: string;
}

export class ProposeRedirectionDto extends CommandBody {
  @IdField({ example: 'SW-1' })
  redirectionId!: string;

  @TextField({ lengthMax: 2000 })
  override reason!: string;

  @ListField(() => RequestedLegDto, { least: 0, most: 1000 })
  legs!: RequestedLegDto[];
}

export class ApproveRedirectionDto extends CommandBody implements Fields<ApproveRedirection, 'redirectionId'> {
  @IdField()
  companyId!: string;
}

export class RejectRedirectionDto extends CommandBody implements Fields<RejectRedirection, 'redirectionId'> {
  @IdField()
  companyId!: string;
}

export class WithdrawRedirectionDto extends CommandBody implements Fields<WithdrawRedirection, 'redirectionId'> {}

export class WaiveExposureDto extends CommandBody implements Fields<WaiveExposure> {
  @IdField()
  debtorId!: string;

  @IdField({ description: 'Your company.' })
  creditorId!: string;

  @IdField()
  skuId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;
}
