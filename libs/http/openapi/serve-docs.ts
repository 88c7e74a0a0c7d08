import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './open-api-document.ts';

/** The one document at /openapi.json, and readable at /docs, without assets of others. */
export async function serveDocs(app: INestApplication, fastify: FastifyInstance): Promise<void> {
  const document = await openApiDocument();
  const text = JSON.stringify(document);
  fastify.get('/openapi.json', (_request, reply) => reply.type('application/json').send(text));
  SwaggerModule.setup('docs', app, document, { raw: false, customSiteTitle: 'Waybill API' });
}
