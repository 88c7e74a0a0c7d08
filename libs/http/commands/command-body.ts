import { DayField, ListField, PatternField, TextField } from '../shape/fields.ts';

/** A document that the command rests on. */
export class EvidenceDto {
  @PatternField(/^[a-z][a-z0-9+.-]{0,31}:[\x21-\x7e]{1,2000}$/, 'an absolute URI', {
    example: 'https://example.com/memo.pdf',
  })
  uri!: string;

  @PatternField(/^[0-9a-f]{64}$/, 'the SHA-256 of the document in lower-case hex')
  sha256!: string;
}

/** What every command may say beside its own fields. */
export class CommandBody {
  @DayField({ optional: true, description: 'The day on which it was true in the world; today when left out.' })
  effectiveAt?: string;

  @TextField({ lengthMax: 2000, optional: true })
  reason?: string;

  @ListField(() => EvidenceDto, { least: 0, most: 50, optional: true })
  evidence?: EvidenceDto[];

  @DayField({
    optional: true,
    description: 'Simulated ledgers only: the day on which the ledger learns of it; effectiveAt when left out.',
  })
  recordedOn?: string;
}
