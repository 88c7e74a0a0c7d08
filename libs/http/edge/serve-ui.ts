import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The UI's files, one flat folder, at `/`. */
export async function serveUi(fastify: FastifyInstance, uiFolder: string): Promise<void> {
  await fastify.register(fastifyStatic, { root: uiFolder, serve: false, cacheControl: false });
  fastify.get('/', (_request, reply) => reply.sendFile('index.html'));
  fastify.get<{ Params: { uiFile: string } }>('/:uiFile', (request, reply) => reply.sendFile(request.params.uiFile));
}
