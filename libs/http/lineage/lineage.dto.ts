import { ApiProperty, OmitType } from '@nestjs/swagger';
import { LINEAGE } from '#libs/read-models';
import { CountParameter, PagedQuery } from '../query/query.dto.ts';
import { ID, PagedReportDto } from '../reports/reports.dto.ts';
import { ChoiceField, DayField, IdField, PatternField } from '../shape/fields.ts';

const REPORTS = Object.keys(LINEAGE);
const FIGURES = [...new Set(Object.values(LINEAGE).flatMap(({ figures }) => [...figures]))];

export class LineageQueryDto extends OmitType(PagedQuery, []) {
  @ChoiceField(REPORTS, { description: 'The report that the figure stands in.' })
  report!: keyof typeof LINEAGE;

  @ChoiceField(FIGURES, {
    description: 'The field of the report; `causes` of the delivery schedule goes with `cause`.',
  })
  figure!: string;

  @IdField({ optional: true })
  siteId?: string;

  @IdField({ optional: true })
  debtorId?: string;

  @IdField({ optional: true })
  creditorId?: string;

  @PatternField(/^[a-z]{1,32}$/, 'a cause', { optional: true, description: 'Of slippage, or of `causes`.' })
  cause?: string;

  @IdField({ optional: true })
  claimId?: string;

  @PatternField(/^[\w.\-/]{1,200}$/, 'a lineId', { optional: true, description: 'Of the delivery schedule.' })
  lineId?: string;

  @IdField({ optional: true })
  redirectionId?: string;

  @CountParameter(1, 10_000, 'Of a redirection.')
  leg?: number;

  @DayField({ optional: true, description: 'Of site-load.' })
  day?: string;

  @DayField({ optional: true, description: 'Of idleness: the first day not counted.' })
  until?: string;
}

const AMOUNT = {
  oneOf: [{ type: 'integer' }, { type: 'string', pattern: String.raw`^-?\d+$` }],
  description: 'In the unit of the figure; digits in a string beyond 2^53 − 1.',
};

export class LineageItemDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) position!: number;
  @ApiProperty({ ...ID, example: 'redirected-h100s/14', description: '`id` of the event as CloudEvent.' })
  eventId!: string;
  @ApiProperty({ ...ID, example: 'ReceiptAccepted' }) type!: string;
  @ApiProperty({ ...ID, example: 'shipment/SH-1' }) stream!: string;
  @ApiProperty({ type: 'string', format: 'date' }) effectiveAt!: string;
  @ApiProperty({ ...AMOUNT, description: `What the event adds to the figure. ${AMOUNT.description}` }) amount!: number;
}

export class LineageDto extends PagedReportDto {
  @ApiProperty({ enum: REPORTS }) report!: string;
  @ApiProperty({ enum: FIGURES }) figure!: string;

  @ApiProperty({ ...AMOUNT, description: `The figure: the sum of all amounts, on every page. ${AMOUNT.description}` })
  total!: number;

  @ApiProperty({ type: () => LineageItemDto, isArray: true })
  items!: LineageItemDto[];
}
