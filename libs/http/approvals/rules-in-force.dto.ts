import { ApiProperty, OmitType } from '@nestjs/swagger';
import { REQUESTABLE_COMMANDS } from '#libs/domain';
import { AsOfQuery } from '../query/query.dto.ts';
import { ID, ReportDto } from '../reports/reports.dto.ts';
import { IdField } from '../shape/fields.ts';

export class ApprovalLimitsQueryDto extends AsOfQuery {
  @IdField({ optional: true })
  companyId?: string;
}

export class InForceDto {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Of the event that set it.' }) position!: number;
  @ApiProperty({ type: 'string', format: 'date', description: 'The day on which it was set.' }) since!: string;
  @ApiProperty({ type: 'string', description: 'A pseudonym.' }) setBy!: string;
}

export class ApprovalLimitDto extends InForceDto {
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Pseudonym of the person; null: all who have no limit of their own.',
  })
  approver!: string | null;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'What one approval may commit at most.' })
  limitCents!: number;
}

class StandingDto extends OmitType(ReportDto, ['validAt']) {}

export class ApprovalLimitsDto extends StandingDto {
  @ApiProperty({ type: () => ApprovalLimitDto, isArray: true })
  items!: ApprovalLimitDto[];
}

export class PolicyDto extends StandingDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...REQUESTABLE_COMMANDS] },
    description: 'Commands that are only asked for, and happen when another person of the company approves them.',
  })
  fourEyes!: string[];

  @ApiProperty({ type: () => InForceDto, nullable: true, description: 'Null: none was ever adopted.' })
  adopted!: InForceDto | null;
}
