import { RETURN_REASONS, type ConfirmReturn, type ReturnReason, type ReturnUnits } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { ChoiceField, IdField, IntegerField } from '../shape/fields.ts';

export class ReturnUnitsDto extends CommandBody implements Fields<ReturnUnits> {
  @IdField({ example: 'RT-1' })
  returnId!: string;

  @IdField()
  shipmentId!: string;

  @IntegerField({ least: 1 })
  quantity!: number;

  @ChoiceField(RETURN_REASONS, { description: 'wrong: they were accepted by mistake, and are rejected by going back.' })
  override reason!: ReturnReason;
}

export class ConfirmReturnDto extends CommandBody implements Fields<ConfirmReturn, 'returnId'> {}
