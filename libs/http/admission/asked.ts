import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#libs/access';
import { conditionsOf } from './conditions.ts';
import { traceOf, type Trace } from './trace.ts';

/** Who asks, and how the request is traced. */
export interface Asked extends Trace {
  readonly principal: Principal;
  /** The Idempotency-Key; '' on reads. */
  readonly commandId: string;
  /** Of a command: it is decided, and nothing is written. */
  readonly isDryRun: boolean;
  /** Of a command: the version that If-Match names; null: any. */
  readonly expectedVersion: number | null;
  /** `GET /v1/ledgers/{ledger}/positions` */
  readonly route: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who was admitted. */
    principal: Principal | undefined;
  }
}

export function admit(request: FastifyRequest, principal: Principal): void {
  request.principal = principal;
}

export function askedBy(request: FastifyRequest): Asked {
  const { principal } = request;
  if (principal === undefined) throw new TypeError(`${routeOf(request)} is public and has no principal`);
  const { 'idempotency-key': commandId } = request.headers;
  return {
    ...traceOf(request),
    principal,
    ...conditionsOf(request),
    commandId: typeof commandId === 'string' ? commandId : '',
    route: routeOf(request),
  };
}

/** The principal as far as one was found: for logs. */
export function principalOfRequest(request: FastifyRequest): Principal | undefined {
  return request.principal;
}

/** `METHOD /path/{template}` as the policy names it. */
export function routeOf({ method, routeOptions }: FastifyRequest): string {
  return routeName(method, routeOptions.url ?? '');
}

/** Fastify's `:name` becomes `{name}`; a HEAD is asked for like its GET. */
export function routeName(method: string, url: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${templateOf(url)}`;
}

const templates = new Map<string, string>();

/** There are only as many as routes; '' stands for all that is none. */
function templateOf(url: string): string {
  const known = templates.get(url);
  if (known !== undefined) return known;
  const template = url.replaceAll(/:(\w+)/g, '{$1}');
  templates.set(url, template);
  return template;
}

/** The {@link Asked} of the request at hand. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext) =>
  askedBy(context.switchToHttp().getRequest<FastifyRequest>()),
);
