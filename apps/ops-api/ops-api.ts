import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { pino, type Logger } from 'pino';
import { AccessLog, ActorBook, createBearerCheck, DemoIssuer } from '#libs/access';
import { assertLeastPrivilege, openPool, PostgresLedgerReader } from '#libs/event-store';
import { createEdge, DemoModule, HealthModule, QueryEdgeModule, ReadSideReady } from '#libs/http';
import { ProgressWatch } from '#libs/read-models';
import { measuredRequests, Metrics, serveMetrics } from '#libs/services';
import type { OpsApiConfig } from './config.ts';

/** The one origin: queries, the UI, the document; commands are sent on to procurement-api. Not yet listening. */
export async function opsApi(config: OpsApiConfig, logger: Logger = pino()): Promise<NestFastifyApplication> {
  const onIdleError = (err: Error) => logger.warn({ err }, 'an idle connection broke');
  const pool = (url: string, applicationName: string) =>
    openPool(url, { applicationName, maxConnections: 8, onIdleError });
  const wholeGroup = pool(config.auditorDatabaseUrl, 'waybill-ops-api-auditor');
  const byCompany = pool(config.queryDatabaseUrl, 'waybill-ops-api-query');
  await Promise.all([assertLeastPrivilege(wholeGroup), assertLeastPrivilege(byCompany)]);
  const queries = QueryEdgeModule.forRoot({
    wholeGroup,
    byCompany,
    ledgers: new PostgresLedgerReader(wholeGroup),
    progress: new ProgressWatch(wholeGroup),
    actors: new ActorBook(wholeGroup),
    accessLog: new AccessLog(wholeGroup),
    cursorKey: config.cursorKey,
  });
  const metrics = new Metrics();
  const { modules, keys } = await signIn(config);
  const metricsServer = await serveMetrics(metrics, config.metrics, logger);
  const { commandsUrl, uiFolder } = config;
  return createEdge([queries, HealthModule.forRoot(new ReadSideReady(wholeGroup, byCompany)), ...modules], {
    bearer: createBearerCheck({ ...config, keys }),
    logger,
    commandsUrl,
    ...(uiFolder === null ? {} : { uiFolder }),
    onAnswered: measuredRequests(metrics),
    onClose: async () => {
      await metricsServer.close();
      await Promise.all([wholeGroup.end(), byCompany.end()]);
    },
  });
}

async function signIn({
  keys,
  issuer,
  audience,
}: OpsApiConfig): Promise<{ modules: DynamicModule[]; keys: JWTVerifyGetKey }> {
  if ('jwksUrl' in keys) return { modules: [], keys: createRemoteJWKSet(keys.jwksUrl) };
  const demo = await DemoIssuer.open({ keyFile: keys.demoKeyFile, issuer, audience });
  return { modules: [DemoModule.forRoot(demo)], keys: demo.keys };
}
