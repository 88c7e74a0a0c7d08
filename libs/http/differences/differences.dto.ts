import { ApiProperty } from '@nestjs/swagger';
import { COMPARED } from '#libs/read-models';
import { DAY_OR_NULL, ID, PagedReportDto } from '../reports/reports.dto.ts';

const TEXT_OR_NULL = { type: 'string', nullable: true } as const;
const INTEGER_OR_DIGITS = [{ type: 'integer' }, { type: 'string', pattern: String.raw`^-?\d+$` }];
const AMOUNT_OR_NULL = {
  oneOf: [...INTEGER_OR_DIGITS, { type: 'null' }],
  description: 'In the unit of the figure, days of a date; null of any other fact. Digits in a string beyond 2^53 − 1.',
};
const VALUE_OR_NULL = {
  oneOf: [{ type: 'integer' }, { type: 'string' }, { type: 'null' }],
  description: 'A figure, 0 where there is none; a date or another fact, null where there is none.',
};

export class ExplainingEventDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) position!: number;
  @ApiProperty({ ...ID, example: 'redirected-h100s/14', description: '`id` of the event as CloudEvent.' })
  eventId!: string;
  @ApiProperty({ ...AMOUNT_OR_NULL, description: `What the event adds. ${AMOUNT_OR_NULL.description}` })
  amount!: number | null;
}

export class DifferenceItemDto {
  @ApiProperty({ ...TEXT_OR_NULL, description: 'Whose it is; null: of several companies.' }) companyId!: string | null;
  @ApiProperty({ enum: COMPARED, description: 'The report that the figure stands in.' }) report!: string;
  @ApiProperty({ ...ID, description: 'The field of the report.' }) figure!: string;
  @ApiProperty(TEXT_OR_NULL) skuId!: string | null;
  @ApiProperty(TEXT_OR_NULL) siteId!: string | null;
  @ApiProperty(TEXT_OR_NULL) debtorId!: string | null;
  @ApiProperty(TEXT_OR_NULL) creditorId!: string | null;
  @ApiProperty({ ...TEXT_OR_NULL, description: 'Of slippage, or of `causes`.' }) cause!: string | null;
  @ApiProperty(TEXT_OR_NULL) lineId!: string | null;
  @ApiProperty(TEXT_OR_NULL) redirectionId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) leg!: number | null;
  @ApiProperty(VALUE_OR_NULL) before!: number | string | null;
  @ApiProperty(VALUE_OR_NULL) after!: number | string | null;
  @ApiProperty({
    ...AMOUNT_OR_NULL,
    description: `The sum of \`amount\` of the events and \`otherAmount\`. ${AMOUNT_OR_NULL.description}`,
  })
  delta!: number | null;
  @ApiProperty({ ...ID, example: 'X owes TESLA 6,010 H100 more: 6,010, was 0' }) words!: string;
  @ApiProperty({ type: () => ExplainingEventDto, isArray: true }) events!: ExplainingEventDto[];
  @ApiProperty({
    ...AMOUNT_OR_NULL,
    description:
      'What events add that are not among `events`: after the first hundred, or of rows that are not for who asks.',
  })
  otherAmount!: number | null;
  @ApiProperty({ description: 'Whether more than these hundred events made the difference.' }) hasMoreEvents!: boolean;
}

export class CompanySummaryDto {
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({ type: 'string', isArray: true }) words!: string[];
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Words left out, after the first fifty.' })
  furtherCount!: number;
}

export class DifferencesDto extends PagedReportDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'The position before; `asOfPosition` is the one after.' })
  fromPosition!: number;

  @ApiProperty({ ...DAY_OR_NULL, description: 'From which day on headroom and breaches are counted, on both sides.' })
  headroomFrom!: string | null;

  @ApiProperty({ ...DAY_OR_NULL, description: 'The first day that idleness does not count, on both sides.' })
  idleUntil!: string | null;

  @ApiProperty({ type: () => CompanySummaryDto, isArray: true, description: 'Of the items of all pages.' })
  summaries!: CompanySummaryDto[];

  @ApiProperty({ type: () => DifferenceItemDto, isArray: true })
  items!: DifferenceItemDto[];
}
