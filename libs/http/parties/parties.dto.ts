import type { RecordScreening, RegisterCompany, RegisterSku } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { ChoiceField, DayField, IdField, IntegerField, PatternField, TextField } from '../shape/fields.ts';

export class RegisterCompanyDto extends CommandBody implements Fields<RegisterCompany> {
  @IdField({ example: 'TESLA' })
  companyId!: string;

  @TextField({ lengthMax: 200, example: 'Tesla' })
  name!: string;

  @ChoiceField(['buyer', 'supplier'])
  kind!: 'buyer' | 'supplier';

  @PatternField(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code', { example: 'US' })
  headquartersCountry!: string;

  @IdField({ optional: true })
  parentId?: string;

  @TextField({ lengthMax: 200, optional: true, description: 'Companies controlled by the same person are related.' })
  controlledBy?: string;
}

export class RegisterSkuDto extends CommandBody implements Fields<RegisterSku> {
  @IdField({ example: 'H100' })
  skuId!: string;

  @TextField({ lengthMax: 200, example: 'Nvidia H100 80GB SXM' })
  name!: string;

  @IntegerField({ least: 1, example: 700 })
  wattsPerUnit!: number;
}

export class RecordScreeningDto extends CommandBody implements Fields<RecordScreening> {
  @IdField()
  companyId!: string;

  @TextField({ lengthMax: 200, example: 'US-EAR-2023-10' })
  ruleset!: string;

  @ChoiceField(['pass', 'fail'])
  outcome!: 'pass' | 'fail';

  @DayField({ description: 'The last day on which the screening counts.' })
  validUntil!: string;
}
