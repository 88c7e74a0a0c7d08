import {
  REQUESTABLE_COMMANDS,
  type AdoptPolicy,
  type ApproveRequest,
  type RejectRequest,
  type RequestableCommandType,
  type SetApprovalLimit,
  type WithdrawRequest,
} from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { ChoicesField, IdField, IntegerField, TextField } from '../shape/fields.ts';

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

export class AdoptPolicyDto extends CommandBody implements Fields<AdoptPolicy> {
  @ChoicesField(REQUESTABLE_COMMANDS, {
    description:
      'Each of these is from now on only asked for, and happens when another person of the company approves it; no other. Leaving out one that is under four eyes is itself only asked for.',
  })
  fourEyes!: RequestableCommandType[];
}

export class ApproveRequestDto extends CommandBody implements Fields<ApproveRequest, 'requestId'> {}

export class RejectRequestDto extends CommandBody implements Fields<RejectRequest, 'requestId'> {}

export class WithdrawRequestDto extends CommandBody implements Fields<WithdrawRequest, 'requestId'> {}
