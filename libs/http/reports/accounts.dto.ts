import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ID, ReportDto } from './reports.dto.ts';

const INTEGER_OR_DIGITS = [{ type: 'integer' }, { type: 'string', pattern: String.raw`^-?\d+$` }];

const exact = (what: string): ApiPropertyOptions => ({
  oneOf: INTEGER_OR_DIGITS,
  description: `${what}; digits in a string beyond 2^53 − 1.`,
});

const centsOrNull = (what: string): ApiPropertyOptions => ({
  oneOf: [...INTEGER_OR_DIGITS, { type: 'null' }],
  description: `${what}. Minor units of the ledger's currency; digits in a string beyond 2^53 − 1.`,
});

const CENTS = exact("Minor units of the ledger's currency");

export class FundsItemDto {
  @ApiProperty(ID) companyId!: string;
  @ApiProperty(centsOrNull('Null: no budget was approved'))
  limitCents!: number | null;
  @ApiProperty(CENTS) committedCents!: number;
  @ApiProperty(CENTS) consumedCents!: number;
  @ApiProperty(centsOrNull('Limit less committed and consumed'))
  headroomCents!: number | null;
}

export class FundsDto extends ReportDto {
  @ApiProperty({ type: () => FundsItemDto, isArray: true })
  items!: FundsItemDto[];
}

export class SlippageItemDto {
  @ApiProperty(ID) companyId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty({ enum: ['supplier', 'carrier', 'site', 'buyer', 'dispatch', 'arrival', 'redirection', 'shortfall'] })
  cause!: string;
  @ApiProperty(exact('Units times days, positive is later')) unitDays!: number;
  @ApiProperty(exact('Unit-days times the price of the units')) valueCentDays!: number;
}

export class SlippageDto extends ReportDto {
  @ApiProperty({ type: () => SlippageItemDto, isArray: true })
  items!: SlippageItemDto[];
}
