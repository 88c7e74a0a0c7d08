import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { SubmissionResult } from '#libs/event-store';
import { Problem } from '../problem/problem.ts';
import { MADE_AT } from './made-at.ts';

/** Says a command's outcome in HTTP: 201 with its events, or the problem that its code stands for; the same again on a repeat. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<SubmissionResult, object> {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<SubmissionResult>): Observable<object> {
    const http = context.switchToHttp();
    const madeAt = this.reflector.get<string | undefined>(MADE_AT, context.getHandler());
    return next
      .handle()
      .pipe(
        map((result) => answer(result, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), madeAt)),
      );
  }
}

function answer(
  { answer, replayed }: SubmissionResult,
  request: FastifyRequest,
  reply: FastifyReply,
  madeAt?: string,
): object {
  if (answer.outcome === 'rejected') throw new Problem(answer.code, { fields: answer.fields, replayed });
  const { position, version, events } = answer;
  reply.status(201).header('etag', `"v${version}"`);
  if (replayed) reply.header('idempotency-replayed', 'true');
  if (madeAt !== undefined) reply.header('location', located(madeAt, request));
  return { position, version, events };
}

/** Ids need no escaping in a path. */
function located(template: string, { params, body }: FastifyRequest): string {
  const named = { ...(params as object), ...(body as object) } as Record<string, string>;
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => named[name] ?? '');
}
