import { ApiProperty } from '@nestjs/swagger';

export class AppendedEventDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  position!: number;

  @ApiProperty({ example: 'OrderPlaced' })
  type!: string;

  @ApiProperty({ example: 'order/PO-T1' })
  stream!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  version!: number;
}

/** What an accepted command made. */
export class CommandAcceptedDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'Of the last event: ask for reports with minPosition of it.',
  })
  position!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: "Of the first event's stream." })
  version!: number;

  @ApiProperty({ type: () => AppendedEventDto, isArray: true })
  events!: AppendedEventDto[];
}

export class PreviewedEventDto {
  @ApiProperty({ example: 'OrderPlaced' })
  type!: string;

  @ApiProperty({ example: 'order/PO-T1' })
  stream!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: object;
}

/** What a command would make. */
export class CommandPreviewDto {
  @ApiProperty({ enum: [true] })
  dryRun!: true;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'The head of the ledger that it was decided on.' })
  position!: number;

  @ApiProperty({ type: () => PreviewedEventDto, isArray: true })
  events!: PreviewedEventDto[];
}
