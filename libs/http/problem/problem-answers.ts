import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

export class FieldErrorDto {
  @ApiProperty({
    description: 'RFC 6901 into the body, or a slash and the name of a parameter.',
    example: '/tranches/0/quantity',
  })
  pointer!: string;

  @ApiProperty()
  detail!: string;
}

/** RFC 9457. */
export class ProblemDto {
  @ApiProperty({ description: 'Resolves to a page about the code.', example: '/problems/VALIDATION_FAILED' })
  type!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({ type: 'integer' })
  status!: number;

  @ApiProperty({ description: 'Stable; what a program goes by.', example: 'VALIDATION_FAILED' })
  code!: string;

  @ApiProperty()
  detail!: string;

  @ApiProperty({ description: 'What the caller can do.' })
  hint!: string;

  @ApiProperty({ type: () => FieldErrorDto, isArray: true, required: false })
  errors?: FieldErrorDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Ids and figures of the broken rule.',
  })
  fields?: object;

  @ApiProperty({ example: '4bf92f3577b34da6a3ce929d0e0e4736' })
  traceId!: string;
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Not JSON or not HTTP as agreed',
  401: 'No valid token',
  403: 'Not for this role, or not for this person',
  404: 'Unknown or outside your scope',
  406: 'No such representation',
  409: 'A broken rule',
  412: 'Somebody changed it since you looked',
  413: 'Body above 1 MiB',
  415: 'Not a plain JSON body',
  422: 'Wrong shape, type, sign or range',
  429: 'Too many requests',
  503: 'Not possible now; see Retry-After',
};

/** The problems that an operation can answer with, each as `application/problem+json`. */
export const ProblemAnswers = (...statuses: readonly number[]) =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: DESCRIPTIONS[status] ?? 'A problem',
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
