import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtension,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
} from '@nestjs/swagger';
import type { LedgerCommandType, LedgerEventType } from '#libs/domain';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { CommandAcceptedDto, CommandPreviewDto } from './command-answer.dto.ts';
import { StaleAnswer } from './stale.dto.ts';

interface CommandOperationOptions {
  /** Below the controller's path. */
  readonly path?: string;
  readonly events: readonly LedgerEventType[];
  readonly summary: string;
}

/** A route that takes one command: how it is asked, answered and documented, `x-command` and `x-events` included. */
export const CommandOperation = (command: LedgerCommandType, { path, events, summary }: CommandOperationOptions) =>
  applyDecorators(
    Post(path),
    HttpCode(201),
    ApiOperation({ operationId: command, summary }),
    ApiExtension('x-command', command),
    ApiExtension('x-events', [...events]),
    ApiBearerAuth('bearer'),
    IdempotencyKeyHeader(),
    DryRunParameter(),
    ...(namesOneThing(path) ? [IfMatchHeader()] : []),
    ApiOkResponse({ type: CommandPreviewDto, description: 'What a dry run would have made.' }),
    ApiCreatedResponse({
      type: CommandAcceptedDto,
      description: 'Accepted, or a repeat of what was accepted.',
      headers: ACCEPTED_HEADERS,
    }),
    ProblemAnswers(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    ...(namesOneThing(path) ? [StaleAnswer()] : []),
  );

/** Whether `path`, below that of a list, names a thing in it: of that alone there is a version. */
function namesOneThing(path: string | undefined): boolean {
  return path?.includes(':') === true;
}

export const IdempotencyKeyHeader = () =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'The id of the command, kept for ever: a repeat is answered alike and changes nothing.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
  });

const DryRunParameter = () =>
  ApiQuery({
    name: 'dryRun',
    required: false,
    description: 'true: the command is decided, and nothing is written, kept or used up.',
    schema: { type: 'boolean', default: false },
  });

const IfMatchHeader = () =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The ETag that you know of the order, amendment, shipment, return, redirection, site or request in the path; another one is refused with 412, which says what changed since.',
    schema: { type: 'string', pattern: String.raw`^"v(0|[1-9]\d{0,14})"$` },
  });

/** Of every accepted command. */
export const ACCEPTED_HEADERS = {
  ETag: { description: 'The version of the first stream written, "v17".', schema: { type: 'string' } },
  'Idempotency-Replayed': { description: 'true on a repeat.', schema: { type: 'string' } },
} as const;
