import { ApiProperty } from '@nestjs/swagger';

export const UNITS = {
  oneOf: [{ type: 'integer' }, { type: 'string', pattern: String.raw`^-?\d+$` }],
  description: 'Units; digits in a string beyond 2^53 − 1.',
};
export const ID = { type: 'string' } as const;
export const DAY_OR_NULL = { type: 'string', format: 'date', nullable: true } as const;

export class PositionItemDto {
  @ApiProperty(ID) companyId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty({ type: 'string', nullable: true, required: false, description: 'Only with by=site.' }) siteId?:
    string | null;
  @ApiProperty(UNITS) open!: number;
  @ApiProperty(UNITS) inTransit!: number;
  @ApiProperty(UNITS) atDock!: number;
  @ApiProperty(UNITS) accepted!: number;
  @ApiProperty(UNITS) energised!: number;
  @ApiProperty(UNITS) short!: number;
  @ApiProperty(UNITS) rejected!: number;
  @ApiProperty(UNITS) cancelled!: number;
  @ApiProperty(UNITS) over!: number;
  @ApiProperty(UNITS) owedTo!: number;
  @ApiProperty(UNITS) owedBy!: number;
}

export class ReportDto {
  @ApiProperty({
    enum: ['system', 'simulated'],
    description: 'simulated: the days of recording are told, not measured.',
  })
  clock!: string;

  @ApiProperty({ type: 'integer', minimum: 0 })
  asOfPosition!: number;

  @ApiProperty(DAY_OR_NULL)
  validAt!: string | null;
}

export class PagedReportDto extends ReportDto {
  @ApiProperty()
  hasMore!: boolean;

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;
}

export class PositionsDto extends ReportDto {
  @ApiProperty({ type: () => PositionItemDto, isArray: true })
  items!: PositionItemDto[];
}

export class ScheduleItemDto {
  @ApiProperty(ID) lineId!: string;
  @ApiProperty(ID) orderId!: string;
  @ApiProperty(ID) trancheId!: string;
  @ApiProperty({ type: 'string', nullable: true }) shipmentId!: string | null;
  @ApiProperty(ID) orderingCompanyId!: string;
  @ApiProperty({ ...ID, description: 'The entitled company.' }) companyId!: string;
  @ApiProperty(ID) billedCompanyId!: string;
  @ApiProperty(ID) supplierId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty({ type: 'string', nullable: true }) siteId!: string | null;
  @ApiProperty({ type: 'string' }) status!: string;
  @ApiProperty({ type: 'integer' }) quantity!: number;
  @ApiProperty({ type: 'string', format: 'date' }) requestedDate!: string;
  @ApiProperty(DAY_OR_NULL) firstPromisedDate!: string | null;
  @ApiProperty(DAY_OR_NULL) promisedDate!: string | null;
  @ApiProperty({ type: 'string', format: 'date' }) expectedDate!: string;
  @ApiProperty(DAY_OR_NULL) actualDate!: string | null;
  @ApiProperty({ type: 'integer', description: 'From the first promise; positive is later.' }) slipDays!: number;
  @ApiProperty({ type: 'integer' }) dateChanges!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'Cause to unit-days.' })
  causes!: object;
}

export class DeliveryScheduleDto extends PagedReportDto {
  @ApiProperty({ type: () => ScheduleItemDto, isArray: true })
  items!: ScheduleItemDto[];
}
