import { type CallHandler, type ExecutionContext, type NestInterceptor, UseInterceptors } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { map, type Observable } from 'rxjs';
import { edgeProblem } from '../problem/problem.ts';
import type { EventPage } from './event-pages.ts';

const JSON_TYPE = 'application/json';
const NDJSON_TYPE = 'application/x-ndjson';

/** A page of events as JSON, or an event a line with what stands beside the items in headers, as `Accept` prefers. */
class LinesInterceptor implements NestInterceptor<EventPage, EventPage | string> {
  intercept(context: ExecutionContext, next: CallHandler<EventPage>): Observable<EventPage | string> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const type = new Negotiator(request).mediaType([JSON_TYPE, NDJSON_TYPE]);
    if (type === undefined) throw edgeProblem('NOT_ACCEPTABLE');
    if (type === JSON_TYPE) return next.handle();
    return next.handle().pipe(map((page) => linesOf(page, http.getResponse<FastifyReply>())));
  }
}

export const AsLines = () =>
  applyDecorators(UseInterceptors(new LinesInterceptor()), ApiProduces(JSON_TYPE, NDJSON_TYPE));

function linesOf({ items, nextAfter, headPosition, hasMore }: EventPage, reply: FastifyReply): string {
  reply.header('content-type', NDJSON_TYPE);
  reply.header('next-after', nextAfter);
  reply.header('head-position', headPosition);
  reply.header('has-more', String(hasMore));
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
