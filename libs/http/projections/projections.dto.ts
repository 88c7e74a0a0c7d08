import { ApiProperty } from '@nestjs/swagger';

export class HaltDto {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Of the event that cannot be projected.' })
  position!: number;

  @ApiProperty({ example: 'EVENT_TYPE_UNKNOWN' })
  code!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;
}

export class ProjectionDto {
  @ApiProperty({ type: 'integer', minimum: 1 })
  generation!: number;

  @ApiProperty({ description: 'Whether reports are answered from it; a rebuild fills another beside it.' })
  isLive!: boolean;

  @ApiProperty({ type: 'integer', minimum: 0 })
  position!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  lagPositions!: number;

  @ApiProperty({
    type: 'number',
    nullable: true,
    description: 'Age of the oldest event not yet in the reports; null on a simulated clock.',
  })
  lagSeconds!: number | null;

  @ApiProperty({ type: () => HaltDto, nullable: true })
  halt!: HaltDto | null;
}

export class HaltReleaseDto {
  @ApiProperty() ledger!: string;
  @ApiProperty({ type: 'integer' }) generation!: number;
  @ApiProperty({ type: 'integer' }) position!: number;
  @ApiProperty() code!: string;
  @ApiProperty({ type: 'integer' }) checkpointPosition!: number;
  @ApiProperty() who!: string;
  @ApiProperty() why!: string;
  @ApiProperty({ format: 'date-time' }) releasedAt!: string;
}

export class ProjectionsDto {
  @ApiProperty({ type: 'integer', minimum: 0 })
  headPosition!: number;

  @ApiProperty({ type: () => ProjectionDto, isArray: true })
  items!: ProjectionDto[];

  @ApiProperty({ type: () => HaltReleaseDto, isArray: true, description: 'The latest first, 20 at most.' })
  releases!: HaltReleaseDto[];
}
