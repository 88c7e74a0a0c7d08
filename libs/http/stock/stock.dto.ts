import type { EnergiseUnits, MoveStock, TransferTitle } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { IdField, IntegerField } from '../shape/fields.ts';

export class TransferTitleDto extends CommandBody implements Fields<TransferTitle> {
  @IdField({ description: 'Your company.' })
  fromCompanyId!: string;

  @IdField()
  toCompanyId!: string;

  @IdField({ description: 'Where the units stand, and stay.' })
  siteId!: string;

  @IdField({ example: 'SH-1' })
  lotId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;
}

export class MoveStockDto extends CommandBody implements Fields<MoveStock> {
  @IdField()
  companyId!: string;

  @IdField({ example: 'SH-1' })
  lotId!: string;

  @IdField()
  fromSiteId!: string;

  @IdField()
  toSiteId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;
}

export class EnergiseUnitsDto extends CommandBody implements Fields<EnergiseUnits> {
  @IdField()
  companyId!: string;

  @IdField()
  siteId!: string;

  @IdField({ example: 'SH-1' })
  lotId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;
}
