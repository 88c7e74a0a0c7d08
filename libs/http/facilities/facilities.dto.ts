import type {
  AllowOverload,
  RecordOpeningBalance,
  RegisterSite,
  ReportCapacityUnavailable,
  RestoreCapacity,
} from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { ChoiceField, DayField, IdField, IntegerField, TextField } from '../shape/fields.ts';

export class RegisterSiteDto extends CommandBody implements Fields<RegisterSite> {
  @IdField({ example: 'AUSTIN' })
  siteId!: string;

  @IdField({ example: 'TESLA' })
  companyId!: string;

  @ChoiceField(['datacenter', 'warehouse'])
  kind!: 'datacenter' | 'warehouse';

  @IntegerField({ least: 1, description: 'Units that the site is built for.' })
  designUnits!: number;

  @IntegerField({ description: 'Units that it can take from effectiveAt on.' })
  usableUnits!: number;
}

export class ReportCapacityUnavailableDto extends CommandBody implements Fields<ReportCapacityUnavailable, 'siteId'> {
  @IntegerField()
  usableUnits!: number;

  @DayField({ description: 'The first day with so few.' })
  from!: string;

  @DayField({ optional: true, description: 'A forecast; it restores nothing.' })
  expectedReady?: string;

  @TextField({ lengthMax: 500, example: 'construction' })
  cause!: string;
}

export class RecordOpeningBalanceDto extends CommandBody implements Fields<RecordOpeningBalance> {
  @IdField()
  companyId!: string;

  @IdField()
  siteId!: string;

  @IdField()
  skuId!: string;

  @IdField({ example: 'OPEN-TESLA' })
  lotId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;

  @IntegerField({ optional: true })
  energised?: number;
}

export class RestoreCapacityDto extends CommandBody implements Fields<RestoreCapacity, 'siteId'> {
  @IntegerField()
  usableUnits!: number;

  @DayField({ description: 'The first day with so many; it may lie ahead.' })
  from!: string;
}

export class AllowOverloadDto extends CommandBody implements Fields<AllowOverload, 'siteId'> {
  @IdField({ example: 'OV-1' })
  overrideId!: string;

  @IntegerField({ least: 1, description: 'Units above usable; several overloads add up.' })
  units!: number;

  @DayField({ description: 'The last day.' })
  until!: string;

  @TextField({ lengthMax: 2000 })
  override reason!: string;
}
