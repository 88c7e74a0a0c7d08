import fastifyHttpProxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendProblem } from '../problem/problem-filter.ts';
import { edgeProblem } from '../problem/problem.ts';
import type { ForwardedRoute } from './route-policy.ts';

const UPSTREAM_TIMEOUT_MS = 30_000;

/** Sends POST requests under /v1 on to `commandsUrl` byte for byte: they are checked and answered there. */
export async function forwardCommands(fastify: FastifyInstance, commandsUrl: string): Promise<void> {
  await fastify.register(async (scope) => {
    // The proxy brings a parser that leaves bodies alone, and may not add it beside ours.
    scope.removeAllContentTypeParsers();
    await scope.register(fastifyHttpProxy, {
      upstream: commandsUrl,
      prefix: '/v1',
      rewritePrefix: '/v1',
      httpMethods: ['POST'],
      config: { forwarded: true } satisfies ForwardedRoute,
      http: { requestOptions: { timeout: UPSTREAM_TIMEOUT_MS } },
      replyOptions: { onError: (reply) => unreachable(reply as unknown as FastifyReply) },
    });
  });
}

function unreachable(reply: FastifyReply): void {
  sendProblem(edgeProblem('UPSTREAM_UNAVAILABLE', { retryAfterSeconds: 1 }), reply.request, reply);
}
