import { ApiProperty } from '@nestjs/swagger';

export class ForkDto {
  @ApiProperty({ example: 'redirected-h100s' })
  ledger!: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'The last position that both have.' })
  position!: number;
}

export class LedgerDto {
  @ApiProperty({ example: 'redirected-h100s' })
  ledger!: string;

  @ApiProperty({ enum: ['system', 'simulated'] })
  clock!: string;

  @ApiProperty({ description: 'ISO 4217.', example: 'USD' })
  currency!: string;

  @ApiProperty({ type: 'string', nullable: true })
  title!: string | null;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of a branch without events of its own: where it forked.' })
  headPosition!: number;

  @ApiProperty({
    type: ForkDto,
    nullable: true,
    description: 'Of a branch, a what-if: where it goes on from. Null: a book of its own.',
  })
  branchOf!: ForkDto | null;
}

export class LedgersDto {
  @ApiProperty({ type: () => LedgerDto, isArray: true })
  items!: LedgerDto[];
}
