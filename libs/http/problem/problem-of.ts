import { HttpException } from '@nestjs/common';
import { IssuerUnavailable, TokenRefused } from '#libs/access';
import { EventStoreError, RecordedOnRefused, saysUnavailable } from '#libs/event-store';
import { DomainError } from '#libs/kernel';
import { ReadModelBehind } from '#libs/read-models';
import { edgeProblem, Problem } from './problem.ts';
import type { EdgeCode } from './problem-codes.ts';

const RETRY_AFTER_SECONDS = 1;

/** What the client hears of anything that was thrown. Only what is not known becomes `INTERNAL_ERROR`. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof DomainError) return new Problem(thrown.code, { fields: thrown.fields });
  if (thrown instanceof TokenRefused) return edgeProblem('UNAUTHENTICATED');
  if (thrown instanceof IssuerUnavailable)
    return edgeProblem('ISSUER_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  if (thrown instanceof ReadModelBehind) return positionNotReached(thrown);
  if (saysUnavailable(thrown)) return edgeProblem('DATABASE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  if (thrown instanceof RecordedOnRefused) return edgeProblem('VALIDATION_FAILED', RECORDED_ON_REFUSED);
  if (thrown instanceof EventStoreError) return storeProblem(thrown);
  return edgeProblem(codeOfStatus(statusOf(thrown)));
}

const RECORDED_ON_REFUSED = { errors: [{ pointer: '/recordedOn', detail: 'is taken on a simulated clock only' }] };

function positionNotReached({ position, wantedPosition }: ReadModelBehind): Problem {
  return edgeProblem('POSITION_NOT_REACHED', {
    fields: { position, wantedPosition },
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

function storeProblem(error: EventStoreError): Problem {
  const retry = error.retriable ? { retryAfterSeconds: RETRY_AFTER_SECONDS } : {};
  return error.code in STORE_CODES ? edgeProblem(error.code as EdgeCode, retry) : edgeProblem('INTERNAL_ERROR');
}

const STORE_CODES = {
  LEDGER_UNKNOWN: true,
  IDEMPOTENCY_KEY_REUSED: true,
  COMMAND_IN_PROGRESS: true,
  LEDGER_UNAVAILABLE: true,
} satisfies Partial<Record<EdgeCode, true>>;

/** Nest's and Fastify's own errors carry the status that they ask for. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return 500;
}

function codeOfStatus(status: number): EdgeCode {
  if (status === 404 || status === 405) return 'ROUTE_UNKNOWN';
  if (status === 413) return 'BODY_TOO_LARGE';
  if (status === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  return status >= 400 && status < 500 ? 'MALFORMED_HTTP' : 'INTERNAL_ERROR';
}
