import { CLAIM_METRICS, type ClaimMetric, type RecordClaim } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { ChoiceField, DayField, IdField, IntegerField, TextField } from '../shape/fields.ts';
import { HasHorizon, NotBelowLow } from './claim-rules.ts';

export class RecordClaimDto extends CommandBody implements Fields<RecordClaim> {
  @IdField({ example: 'CL-1' })
  claimId!: string;

  @IdField()
  companyId!: string;

  @IdField({ optional: true, description: 'Left out: over all SKUs; spendCents never looks at it.' })
  skuId?: string;

  @ChoiceField(CLAIM_METRICS)
  @HasHorizon()
  metric!: ClaimMetric;

  @IntegerField({ description: "Units, or minor units of the ledger's currency." })
  low!: number;

  @IntegerField()
  @NotBelowLow()
  high!: number;

  @DayField()
  statedOn!: string;

  @DayField({ optional: true, description: 'Of supplyBy: the day by which.' })
  horizon?: string;

  @TextField({ lengthMax: 200 })
  speaker!: string;

  @TextField({ lengthMax: 500 })
  source!: string;

  @TextField({ lengthMax: 2000 })
  quote!: string;
}
