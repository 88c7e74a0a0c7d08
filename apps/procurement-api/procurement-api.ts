import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createRemoteJWKSet } from 'jose';
import { pino, type Logger } from 'pino';
import { createBearerCheck } from '#libs/access';
import { CommandEdgeModule, createEdge, DatabasesReady, HealthModule } from '#libs/http';
import { checkedPool, measuredRequests, Metrics, openWriteSide, serveMetrics } from '#libs/services';
import type { ProcurementApiConfig } from './config.ts';

/** Takes commands over HTTP and writes them to their ledgers. Not yet listening. */
export async function procurementApi(
  config: ProcurementApiConfig,
  logger: Logger = pino(),
): Promise<NestFastifyApplication> {
  const pool = await checkedPool(config.databaseUrl, {
    applicationName: 'waybill-procurement-api',
    maxConnections: 8,
    log: logger,
  });
  const metrics = new Metrics();
  const writeSide = openWriteSide(pool, { log: logger, metrics });
  const bearer = createBearerCheck({ ...config, keys: createRemoteJWKSet(config.jwksUrl) });
  const metricsServer = await serveMetrics(metrics, config.metrics, logger);
  const onClose = async () => {
    await writeSide.stop();
    await metricsServer.close();
    await pool.end();
  };
  return createEdge([CommandEdgeModule.forRoot(writeSide), HealthModule.forRoot(new DatabasesReady([pool]))], {
    bearer,
    logger,
    onClose,
    onAnswered: measuredRequests(metrics),
  });
}
