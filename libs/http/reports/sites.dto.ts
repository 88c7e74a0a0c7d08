import { ApiProperty } from '@nestjs/swagger';
import { ID, ReportDto } from './reports.dto.ts';

const UNITS = { type: 'integer' } as const;
const DAY = { type: 'string', format: 'date' } as const;
const DAY_OR_NULL = { ...DAY, nullable: true } as const;

class FromDayDto extends ReportDto {
  @ApiProperty({ ...DAY_OR_NULL, description: 'The first day looked at; null in a ledger without events.' })
  from!: string | null;
}

export class HeadroomItemDto {
  @ApiProperty(ID) siteId!: string;
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({ ...UNITS, description: 'The least over the days that carry load; below zero is a breach.' })
  headroom!: number;
}

export class HeadroomDto extends FromDayDto {
  @ApiProperty({ type: () => HeadroomItemDto, isArray: true })
  items!: HeadroomItemDto[];
}

export class SiteLoadItemDto {
  @ApiProperty(ID) siteId!: string;
  @ApiProperty(DAY) day!: string;
  @ApiProperty(UNITS) usableUnits!: number;
  @ApiProperty(UNITS) standing!: number;
  @ApiProperty(UNITS) atDock!: number;
  @ApiProperty({ ...UNITS, description: 'Open and on the way, expected by the day.' }) inbound!: number;
  @ApiProperty(UNITS) headroom!: number;
}

export class SiteLoadDto extends FromDayDto {
  @ApiProperty({ ...DAY_OR_NULL, description: 'The last day shown.' })
  to!: string | null;

  @ApiProperty({ type: () => SiteLoadItemDto, isArray: true })
  items!: SiteLoadItemDto[];
}

export class BreachCauseDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) position!: number;
  @ApiProperty({ ...UNITS, description: 'Put on the site, or taken from what is usable.' }) units!: number;
}

export class BreachItemDto {
  @ApiProperty(ID) siteId!: string;
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({ ...UNITS, description: 'Above usable on the worst day.' }) units!: number;
  @ApiProperty({ ...DAY, description: 'The first day above usable.' }) from!: string;
  @ApiProperty(DAY) worstDay!: string;
  @ApiProperty({ ...UNITS, description: 'Above usable and tolerated on the worst day.' }) allowedOverload!: number;
  @ApiProperty({ type: () => BreachCauseDto, isArray: true }) causedBy!: BreachCauseDto[];
}

export class BreachesDto extends FromDayDto {
  @ApiProperty({ type: () => BreachItemDto, isArray: true })
  items!: BreachItemDto[];
}

export class IdlenessItemDto {
  @ApiProperty(ID) siteId!: string;
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({
    oneOf: [{ type: 'integer' }, { type: 'string', pattern: String.raw`^\d+$` }],
    description: 'Units times days; digits in a string beyond 2^53 − 1.',
  })
  unitDays!: number;
}

export class IdlenessDto {
  @ApiProperty({ enum: ['system', 'simulated'] })
  clock!: string;

  @ApiProperty({ type: 'integer', minimum: 0 })
  asOfPosition!: number;

  @ApiProperty({ ...DAY_OR_NULL, description: 'The first day not counted; null in a ledger without events.' })
  until!: string | null;

  @ApiProperty({ type: () => IdlenessItemDto, isArray: true })
  items!: IdlenessItemDto[];
}
