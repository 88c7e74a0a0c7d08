import { type CallHandler, type ExecutionContext, type NestInterceptor, UseInterceptors } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Thing } from './thing-reader.ts';

/** A thing with the ETag of its version; 304 without a body to who has that version already, unless the version does not stand for all of it. */
class TaggedInterceptor implements NestInterceptor<Thing, Thing | undefined> {
  constructor(private readonly versionIsAll: boolean) {}

  intercept(context: ExecutionContext, next: CallHandler<Thing>): Observable<Thing | undefined> {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((thing) => {
        const tag = `"v${thing.version}"`;
        reply.header('etag', tag);
        reply.header('as-of-position', thing.asOfPosition);
        if (!this.versionIsAll || !names(headers['if-none-match'], tag)) return thing;
        reply.status(304);
        return undefined;
      }),
    );
  }
}

/** Compared weakly, as RFC 9110 has it for If-None-Match. */
function names(ifNoneMatch: string | undefined, tag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}

export const TAGGED = {
  ETag: { description: 'The version, "v17": what If-Match of a command takes.', schema: { type: 'string' } },
  'As-Of-Position': { description: '`asOfPosition`, with a 304 too.', schema: { type: 'integer' } },
} as const;

export const AsTagged = () =>
  applyDecorators(
    UseInterceptors(new TaggedInterceptor(true)),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'ETags that you have: 304 when one of them is the present one.',
      schema: { type: 'string' },
    }),
    ApiResponse({ status: 304, description: 'Nothing happened to it since', headers: TAGGED }),
  );

/** With the ETag that a command may name, and never 304: some of it moves with other things. */
export const AsVersioned = () => applyDecorators(UseInterceptors(new TaggedInterceptor(false)));
