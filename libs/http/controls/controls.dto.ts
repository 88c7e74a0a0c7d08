import { ApiProperty, OmitType } from '@nestjs/swagger';
import { CountParameter, PagedQuery } from '../query/query.dto.ts';
import { ID, PagedReportDto } from '../reports/reports.dto.ts';
import { ChoiceField, DayField, PatternField } from '../shape/fields.ts';
import { CONTROLS, type Control } from './control-item.ts';

export class ControlsQueryDto extends OmitType(PagedQuery, ['validAt', 'companyId', 'skuId']) {
  @CountParameter(0, Number.MAX_SAFE_INTEGER, 'Reads up to this place of the log of reads; all when left out.')
  accessPosition?: number;

  @ChoiceField(CONTROLS, { optional: true })
  control?: Control;

  @PatternField(/^[A-Z]+(_[A-Z]+)*$/, 'a code', {
    optional: true,
    description: 'Refusals with this code.',
    example: 'BUDGET_EXCEEDED',
  })
  code?: string;

  @PatternField(/^[A-Z][A-Za-z]{0,63}$/, 'a command', {
    optional: true,
    description: 'Of this command.',
    example: 'ApproveOrder',
  })
  command?: string;

  @PatternField(/^[\x21-\x7e]{1,128}$/, 'the pseudonym of an actor', {
    optional: true,
    description: 'Refused to, or read by, this actor.',
  })
  actor?: string;

  @DayField({
    optional: true,
    description: 'What was refused or read on this day or later; overloads that last as long.',
  })
  from?: string;

  @DayField({
    optional: true,
    description: 'What was refused or read on this day or before; overloads that began by it.',
  })
  until?: string;
}

const TEXT_OR_NULL = { type: 'string', nullable: true } as const;
const UNITS_OR_NULL = { type: 'integer', nullable: true } as const;

export class ControlItemDto {
  @ApiProperty({ enum: CONTROLS }) control!: string;
  @ApiProperty({ type: 'string', description: 'The code of a refusal, the id of an overload, the route of a read.' })
  subject!: string;
  @ApiProperty({ ...TEXT_OR_NULL, description: 'The command that was refused.' }) command!: string | null;
  @ApiProperty({ ...TEXT_OR_NULL, description: 'Pseudonym.' }) actor!: string | null;
  @ApiProperty({ ...ID, nullable: true }) siteId!: string | null;
  @ApiProperty({ type: 'integer', minimum: 1 }) count!: number;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) lastAt!: string | null;
  @ApiProperty(UNITS_OR_NULL) allowedUnits!: number | null;
  @ApiProperty({
    ...UNITS_OR_NULL,
    description: 'Above usable on the worst day from the first day of the overload on, at most what was allowed.',
  })
  usedUnits!: number | null;
}

export class ControlsDto extends PagedReportDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Reads up to this place of the log are counted.' })
  accessPosition!: number;

  @ApiProperty({ type: () => ControlItemDto, isArray: true })
  items!: ControlItemDto[];
}
