import type { FastifyInstance } from 'fastify';

const GRACE_MS = 5_000;

/** A client that does not read its answer cannot keep the process from ending. */
export function limitGrace(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
    setTimeout(() => fastify.server.closeAllConnections(), GRACE_MS).unref();
    done();
  });
}
