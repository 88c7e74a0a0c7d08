import { ApiProperty, OmitType } from '@nestjs/swagger';
import { WAITING_KINDS, type WaitingKind } from '#libs/read-models';
import { PagedQuery } from '../query/query.dto.ts';
import { DAY_OR_NULL, ID, PagedReportDto, UNITS } from '../reports/reports.dto.ts';
import { ChoiceField, DayField } from '../shape/fields.ts';

export class InboxQueryDto extends OmitType(PagedQuery, ['validAt', 'skuId']) {
  @ChoiceField(WAITING_KINDS, { optional: true })
  kind?: WaitingKind;

  @DayField({
    optional: true,
    description: 'The day from which ages are counted back; that of the last event known when left out.',
  })
  on?: string;
}

export class InboxItemDto {
  @ApiProperty({
    enum: WAITING_KINDS,
    description:
      'An order or a redirection to approve, a request under four eyes or an amendment to approve, an amended order to confirm, a tranche to promise, a shipment at the dock to accept, a shortfall to resolve, a return to confirm.',
  })
  kind!: string;

  @ApiProperty({ ...ID, description: 'Its ids, joined by "/".' }) thing!: string;
  @ApiProperty({ ...ID, nullable: true, description: 'Whose people it waits for; null: those of the group.' })
  companyId!: string | null;
  @ApiProperty({ ...UNITS, description: `That wait; 1 where there is nothing to count. ${UNITS.description}` })
  units!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'Pseudonym of who asked, and may not approve.' })
  askedBy!: string | null;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Of the event by which it came up.' }) position!: number;
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Which of the things that the event brought up.' })
  seq!: number;
  @ApiProperty({ type: 'string', format: 'date' }) effectiveOn!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: 'integer', description: 'Days from effectiveOn.' }) ageDays!: number;
  @ApiProperty({ type: 'string', description: 'Where a POST acts on it.' }) path!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) about!: object;
}

export class InboxDto extends PagedReportDto {
  @ApiProperty({ ...DAY_OR_NULL, description: 'The day from which ages are counted back; null in an empty ledger.' })
  on!: string | null;

  @ApiProperty({ type: () => InboxItemDto, isArray: true })
  items!: InboxItemDto[];
}
