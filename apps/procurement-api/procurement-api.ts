import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createRemoteJWKSet } from 'jose';
import { pino, type Logger } from 'pino';
import { ActorBook, createBearerCheck } from '#libs/access';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerEvent, type LedgerState } from '#libs/domain';
import { assertDurable, assertLeastPrivilege, LedgerWriters, openPool, PostgresLedgerReader } from '#libs/event-store';
import { CommandEdgeModule, createEdge, DatabasesReady, HealthModule } from '#libs/http';
import type { ProcurementApiConfig } from './config.ts';

/** Takes commands over HTTP and writes them to their ledgers. Not yet listening. */
export async function procurementApi(
  config: ProcurementApiConfig,
  logger: Logger = pino(),
): Promise<NestFastifyApplication> {
  const pool = openPool(config.databaseUrl, {
    applicationName: 'waybill-procurement-api',
    maxConnections: 8,
    onIdleError: (err) => logger.warn({ err }, 'an idle connection broke'),
  });
  await assertDurable(pool);
  await assertLeastPrivilege(pool);
  const sink = new LedgerWriters<LedgerState, LedgerCommand, LedgerEvent>({
    pool,
    decider: ledgerDecider,
    codec: { encode: encodeBody, decode: decodeBody },
    clock: { todayMs: Date.now },
    schemaVersionOf,
  });
  const bearer = createBearerCheck({ ...config, keys: createRemoteJWKSet(config.jwksUrl) });
  const ports = { sink, actors: new ActorBook(pool), ledgers: new PostgresLedgerReader(pool), database: pool };
  const onClose = async () => {
    await sink.stop();
    await pool.end();
  };
  return createEdge([CommandEdgeModule.forRoot(ports), HealthModule.forRoot(new DatabasesReady([pool]))], {
    bearer,
    logger,
    onClose,
  });
}
