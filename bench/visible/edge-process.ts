import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { AccessLog, ActorBook, createBearerCheck, DEMO_ALGORITHM, DemoIssuer } from '#libs/access';
import { PostgresLedgerReader } from '#libs/event-store';
import { CommandEdgeModule, createEdge, QueryEdgeModule } from '#libs/http';
import { ProgressWatch } from '#libs/read-models';
import { Metrics, openWriteSide } from '#libs/services';
import { rolePool } from '../dataset/dataset.ts';
import { quietLog } from '../measuring/quiet-log.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';

/** Commands and queries at one address, as `waybill start` serves them; without a limit on a caller, as one stands for all. */
export interface Edge {
  readonly url: string;
  /** Tokens of admin, tesla-site and tesla-buyer. */
  readonly tokens: Readonly<Record<string, string>>;
}

const ACTORS = ['admin', 'tesla-site', 'tesla-buyer'];
const WHO = { issuer: 'http://bench.test', audience: 'waybill' };

const { databaseUrl } = orderGiven() as { databaseUrl: string };
const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
const issuer = await DemoIssuer.open({ ...WHO, keyFile: join(folder, 'key.json') });
await rm(folder, { recursive: true });
const wholeGroup = rolePool(databaseUrl, 'waybill_auditor', 8);
const queries = QueryEdgeModule.forRoot({
  ledgers: new PostgresLedgerReader(wholeGroup),
  wholeGroup,
  byCompany: rolePool(databaseUrl, 'waybill_query', 8),
  progress: new ProgressWatch(wholeGroup),
  actors: new ActorBook(wholeGroup),
  accessLog: new AccessLog(wholeGroup),
  cursorKey: randomBytes(32),
});
const writeSide = openWriteSide(rolePool(databaseUrl, 'waybill_writer', 4), { log: quietLog, metrics: new Metrics() });
const commands = CommandEdgeModule.forRoot(writeSide);
const app = await createEdge([commands, queries], {
  bearer: createBearerCheck({ ...WHO, algorithms: [DEMO_ALGORITHM], keys: issuer.keys }),
  logger: pino({ level: 'warn' }),
  callerRatePerSecond: 1_000_000,
});
await app.listen(0, '127.0.0.1');
const tokens = await Promise.all(
  ACTORS.map(async (actor) => [actor, (await issuer.token(actor))?.access_token ?? ''] as const),
);
report({ url: await app.getUrl(), tokens: Object.fromEntries(tokens) } satisfies Edge);
