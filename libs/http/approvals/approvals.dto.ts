import type { SetApprovalLimit } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { IdField, IntegerField, TextField } from '../shape/fields.ts';

export class SetApprovalLimitDto extends CommandBody implements Fields<SetApprovalLimit> {
  @IdField()
  companyId!: string;

  @TextField({
    lengthMax: 200,
    optional: true,
    example: 'tesla-buyer',
    description:
      'Who signs in by this name; the ledger keeps a pseudonym. Left out: all who have no limit of their own.',
  })
  approver?: string;

  @IntegerField({
    nullable: true,
    description: "What one approval may commit at most, in minor units of the ledger's currency; null: none any more.",
  })
  limitCents!: number | null;
}
