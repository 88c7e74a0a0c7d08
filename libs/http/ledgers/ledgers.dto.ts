import { ChoiceField, IdField, PatternField, TextField } from '../shape/fields.ts';

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
