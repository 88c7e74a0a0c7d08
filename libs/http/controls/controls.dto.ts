import { ApiProperty } from '@nestjs/swagger';
import { AsOfQuery, CountParameter } from '../query/query.dto.ts';
import { ID, ReportDto } from '../reports/reports.dto.ts';

export class ControlsQueryDto extends AsOfQuery {
  @CountParameter(0, Number.MAX_SAFE_INTEGER, 'Reads up to this place of the log of reads; all when left out.')
  accessPosition?: number;
}

const TEXT_OR_NULL = { type: 'string', nullable: true } as const;
const UNITS_OR_NULL = { type: 'integer', nullable: true } as const;

export class ControlItemDto {
  @ApiProperty({ enum: ['selfApproval', 'rejection', 'overload', 'crossCompanyRead'] }) control!: string;
  @ApiProperty({ type: 'string', description: 'The code of a refusal, the id of an overload, the route of a read.' })
  subject!: string;
  @ApiProperty({ ...TEXT_OR_NULL, description: 'The command that was refused.' }) command!: string | null;
  @ApiProperty({ ...TEXT_OR_NULL, description: 'Pseudonym.' }) actor!: string | null;
  @ApiProperty({ ...ID, nullable: true }) siteId!: string | null;
  @ApiProperty({ type: 'integer', minimum: 1 }) count!: number;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) lastAt!: string | null;
  @ApiProperty(UNITS_OR_NULL) allowedUnits!: number | null;
  @ApiProperty({
    ...UNITS_OR_NULL,
    description: 'Above usable on the worst day from the first day of the overload on, at most what was allowed.',
  })
  usedUnits!: number | null;
}

export class ControlsDto extends ReportDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Reads up to this place of the log are counted.' })
  accessPosition!: number;

  @ApiProperty({ type: () => ControlItemDto, isArray: true })
  items!: ControlItemDto[];
}
