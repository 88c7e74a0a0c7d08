import { PatternField } from '../shape/fields.ts';

export class ProblemPath {
  @PatternField(/^[A-Z][A-Z_]{0,63}$/, 'a problem code', { example: 'VALIDATION_FAILED' })
  code!: string;
}
