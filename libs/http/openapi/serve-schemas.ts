import type { FastifyInstance } from 'fastify';
import { eventSchemas } from '#libs/contracts';

/** The schema of every event in every version, where `dataschema` of a CloudEvent says. */
export function serveSchemas(fastify: FastifyInstance): void {
  const texts = new Map([...eventSchemas()].map(([file, schema]) => [file, JSON.stringify(schema)]));
  fastify.get<{ Params: { schema: string } }>('/schemas/:schema', (request, reply) => {
    const text = texts.get(request.params.schema);
    if (text === undefined) reply.callNotFound();
    else void reply.type('application/schema+json').send(text);
  });
}
