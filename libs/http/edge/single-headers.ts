import type { FastifyInstance } from 'fastify';
import { edgeProblem } from '../problem/problem.ts';

/** Headers that decide who asks and what is read: Node takes the first of two, a proxy before us may have taken the other. */
const ONCE = new Set(['authorization', 'content-type', 'idempotency-key', 'content-encoding']);

/** Refuses a request that says one of them twice. */
export function refuseRepeatedHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const repeated = repeatedHeader(request.raw.rawHeaders);
    if (repeated === null) done();
    else done(edgeProblem('MALFORMED_HTTP', { detail: `${repeated} is there twice` }));
  });
}

/** `rawHeaders`: names and values in turn. */
function repeatedHeader(rawHeaders: readonly string[]): string | null {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}
