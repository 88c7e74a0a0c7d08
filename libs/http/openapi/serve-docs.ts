import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { asyncApiDocument } from '#libs/contracts';
import { openApiDocument } from './open-api-document.ts';

/** The commands and queries at /openapi.json, and readable at /docs, without assets of others; the events at /asyncapi.json. */
export async function serveDocs(app: INestApplication, fastify: FastifyInstance): Promise<void> {
  const document = await openApiDocument();
  const text = JSON.stringify(document);
  fastify.get('/openapi.json', (_request, reply) => reply.type('application/json').send(text));
  const ofEvents = JSON.stringify(asyncApiDocument());
  fastify.get('/asyncapi.json', (_request, reply) => reply.type('application/json').send(ofEvents));
  SwaggerModule.setup('docs', app, document, { raw: false, customSiteTitle: 'Waybill API' });
}
