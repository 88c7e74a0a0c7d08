import { ChoiceField, IdField, IntegerField, PatternField, TextField } from '../shape/fields.ts';

export class OpenBranchDto {
  @IdField({
    example: 'without-the-swap',
    description: 'The ledger that the branch becomes; its id is taken by no other.',
  })
  branchId!: string;

  @IntegerField({ example: 20, description: 'The last position that the branch shares with the ledger; 0: none.' })
  fromPosition!: number;

  @TextField({ lengthMax: 200, optional: true, example: 'What if nothing had been redirected?' })
  title?: string;
}

export class OpenLedgerDto {
  @IdField({ example: 'redirected-h100s' })
  ledger!: string;

  @ChoiceField(['system', 'simulated'], { description: 'simulated: commands say on which day they were recorded.' })
  clock!: 'system' | 'simulated';

  @PatternField(/^[A-Z]{3}$/, 'an ISO 4217 code', { example: 'USD' })
  currency!: string;

  @TextField({ lengthMax: 200, optional: true, example: 'The redirected H100s' })
  title?: string;
}
