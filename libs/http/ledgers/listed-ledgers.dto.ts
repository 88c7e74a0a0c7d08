import { ApiProperty } from '@nestjs/swagger';

export class LedgerDto {
  @ApiProperty({ example: 'redirected-h100s' })
  ledger!: string;

  @ApiProperty({ enum: ['system', 'simulated'] })
  clock!: string;

  @ApiProperty({ description: 'ISO 4217.', example: 'USD' })
  currency!: string;

  @ApiProperty({ type: 'string', nullable: true })
  title!: string | null;

  @ApiProperty({ type: 'integer', minimum: 0 })
  headPosition!: number;
}

export class LedgersDto {
  @ApiProperty({ type: () => LedgerDto, isArray: true })
  items!: LedgerDto[];
}
