import type { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { principalOfRequest, routeOf } from '../admission/asked.ts';
import { traceOf } from '../admission/trace.ts';

/** `route`: method and template, of a request that found none the method alone; `durationMs` until the last byte was handed over. */
export type OnAnswered = (answer: {
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}) => void;

/** One line a request: route template, status, time, trace, role. Never a header, a body or a query. */
export function logRequests(fastify: FastifyInstance, onAnswered?: OnAnswered): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const role = principalOfRequest(request)?.role;
    const line = {
      route: routeOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      traceId: traceOf(request).traceId,
      role,
    };
    request.log.info(line, 'request');
    onAnswered?.({ route: line.route, status: line.status, durationMs: reply.elapsedTime });
    done();
  });
}

/** Nest's own messages, in the same log. */
export class EdgeLogger implements LoggerService {
  constructor(private readonly logger: FastifyBaseLogger) {}

  log(message: unknown): void {
    this.logger.debug({ nest: message }, 'nest');
  }

  warn(message: unknown): void {
    this.logger.warn({ nest: message }, 'nest');
  }

  error(message: unknown, stack?: unknown): void {
    this.logger.error({ nest: message, stack }, 'nest');
  }
}
