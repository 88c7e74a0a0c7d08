import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { edgeProblem } from '../problem/problem.ts';
import { JsonRefused, parseStrictJson, type JsonViolation } from './strict-json.ts';

export const BODY_BYTES_MAX = 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined when there is none. */
    jsonViolations: readonly JsonViolation[] | undefined;
  }
}

/** What the request's body holds that no request may: judged after the token and the role. */
export function bodyViolations(request: FastifyRequest): readonly JsonViolation[] {
  return request.jsonViolations ?? [];
}

/** Makes `application/json`, in UTF-8 and not compressed, the only body that `fastify` reads; by {@link parseStrictJson}. */
export function readStrictJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX },
    (request, body: Buffer, done) => {
      try {
        done(null, parsed(request, body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    done(unreadable(request), payload);
  });
}

const JSON_TYPE = /^application\/json *(?:; *charset *= *"?utf-8"?)? *$/i;

/** Fastify passes by a body without a content type; a command without a body is none. */
function unreadable({ method, headers }: FastifyRequest): Error | null {
  if (method !== 'POST') return null;
  const { 'content-type': type, 'content-encoding': encoding } = headers;
  if (type === undefined && !hasBody(headers)) return edgeProblem('MALFORMED_JSON', { detail: 'the body is missing' });
  return type === undefined || !JSON_TYPE.test(type) || encoding !== undefined
    ? edgeProblem('UNSUPPORTED_MEDIA_TYPE')
    : null;
}

function hasBody(headers: FastifyRequest['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

function parsed(request: FastifyRequest, body: Buffer): unknown {
  try {
    const json = parseStrictJson(decoded(body));
    if (json.violations.length > 0) request.jsonViolations = json.violations;
    return json.value;
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    throw edgeProblem('MALFORMED_JSON', { detail: `${error.detail} (at character ${error.offset})` });
  }
}

function decoded(body: Buffer): string {
  if (!isUtf8(body)) throw new JsonRefused('the body is not UTF-8', 0);
  return body.toString('utf8');
}
