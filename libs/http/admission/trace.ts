import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Ids that lead from a request through the ledger to its events. */
export interface Trace {
  /** 32 hex digits, the caller's own when it sent a W3C `traceparent`. */
  readonly traceId: string;
  /** The caller's X-Correlation-Id, else the trace id. */
  readonly correlationId: string;
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;
const CORRELATION_ID = /^[\x21-\x7e]{1,128}$/;

declare module 'fastify' {
  interface FastifyRequest {
    /** Made when it is first asked for. */
    trace: Trace | undefined;
  }
}

/** The same trace at every call for one request. */
export function traceOf(request: FastifyRequest): Trace {
  return (request.trace ??= newTrace(request));
}

function newTrace({ headers }: FastifyRequest): Trace {
  const { traceparent, 'x-correlation-id': correlation } = headers;
  const given = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  const traceId = given ?? randomUUID().replaceAll('-', '');
  const correlationId = typeof correlation === 'string' && CORRELATION_ID.test(correlation) ? correlation : traceId;
  return { traceId, correlationId };
}
