import type { ApproveBudget } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { IdField, IntegerField } from '../shape/fields.ts';

export class ApproveBudgetDto extends CommandBody implements Fields<ApproveBudget> {
  @IdField({ example: 'TESLA-2024' })
  budgetId!: string;

  @IdField()
  companyId!: string;

  @IntegerField({ least: 1, description: "Minor units of the ledger's currency." })
  limitCents!: number;
}
