import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { traceOf } from '../admission/trace.ts';
import { problemBody } from './problem.ts';
import { problemOf } from './problem-of.ts';

/** Everything thrown becomes `application/problem+json`; defects of ours go to the log with their stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(thrown);
  const body = problemBody(problem, traceOf(request).traceId);
  if (body.status >= 500) request.log.error({ err: thrown, code: body.code, traceId: body.traceId }, 'request failed');
  const { retryAfterSeconds, replayed } = problem.details;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  if (replayed === true) reply.header('idempotency-replayed', 'true');
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  reply
    .status(body.status)
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(body)));
}
