import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from '../problem/problem-answers.ts';
import { AppendedEventDto } from './command-answer.dto.ts';
import { CHANGES_TOLD } from './changes-since.ts';

export class ChangeDto extends AppendedEventDto {
  @ApiProperty({ type: 'string', format: 'date' })
  effectiveAt!: string;
}

export class StaleFieldsDto {
  @ApiProperty({ example: 'order/PO-T1' })
  stream!: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'That If-Match named.' })
  expectedVersion!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'The one that there is.' })
  version!: number;

  @ApiProperty({
    type: () => ChangeDto,
    isArray: true,
    maxItems: CHANGES_TOLD,
    description: `The events of the stream after expectedVersion, in their order, the last ${CHANGES_TOLD} of them; none where expectedVersion is above version.`,
  })
  changes!: ChangeDto[];
}

export class StaleProblemDto extends ProblemDto {
  @ApiProperty({ type: () => StaleFieldsDto })
  override fields!: StaleFieldsDto;
}

/** 412, with what changed since. */
export const StaleAnswer = () =>
  applyDecorators(
    ApiExtraModels(StaleProblemDto),
    ApiResponse({
      status: 412,
      description: 'Somebody changed it since you looked',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(StaleProblemDto) } } },
    }),
  );
