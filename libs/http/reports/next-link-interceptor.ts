import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';

/** How OpenAPI tells of the header. */
export const NEXT_LINK: Record<string, { description: string; schema: { type: 'string' } }> = {
  Link: { description: 'rel="next" when more follows.', schema: { type: 'string' } },
};

/** `Link: <…>; rel="next"` (RFC 8288) on a page that another follows. */
@Injectable()
export class NextLinkInterceptor implements NestInterceptor<{ nextCursor: string | null }> {
  intercept(
    context: ExecutionContext,
    next: CallHandler<{ nextCursor: string | null }>,
  ): Observable<{ nextCursor: string | null }> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      tap(({ nextCursor }) => {
        if (nextCursor !== null)
          http.getResponse<FastifyReply>().header('link', linkTo(http.getRequest<FastifyRequest>().url, nextCursor));
      }),
    );
  }
}

function linkTo(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `<${path}?${parameters.toString()}>; rel="next"`;
}
