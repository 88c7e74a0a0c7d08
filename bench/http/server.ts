import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { ActorBook, createBearerCheck, DEMO_ALGORITHM, DemoIssuer } from '#libs/access';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerEvent, type LedgerState } from '#libs/domain';
import { LedgerPreviews, LedgerWriters, openPool, PostgresLedgerReader, roleUrl } from '#libs/event-store';
import { CommandEdgeModule, createEdge } from '#libs/http';
import { NoOpEdge } from './no-op-edge.ts';

/** What the measured process tells the one that measures it. */
export interface Listening {
  /** Commands that are decided and stored. */
  readonly commandsUrl: string;
  /** The same checks, and nothing behind them. */
  readonly noOpUrl: string;
  /** Tokens of admin, tesla-site and tesla-buyer. */
  readonly tokens: Readonly<Record<string, string>>;
}

const WHO = { issuer: 'http://bench.test', audience: 'waybill' };
const CALLER_RATE_PER_SECOND = 1_000_000;

await main(process.argv[2] ?? '');

async function main(ownerUrl: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const issuer = await DemoIssuer.open({ ...WHO, keyFile: join(folder, 'key.json') });
  await rm(folder, { recursive: true });
  const bearer = createBearerCheck({ ...WHO, algorithms: [DEMO_ALGORITHM], keys: issuer.keys });
  const options = { bearer, logger: pino({ level: 'warn' }), callerRatePerSecond: CALLER_RATE_PER_SECOND };
  const apps = await Promise.all([
    createEdge([commandEdge(ownerUrl)], options),
    createEdge([{ module: NoOpEdge }], options),
  ]);
  for (const app of apps) await app.listen(0, '127.0.0.1');
  const [commandsUrl = '', noOpUrl = ''] = await Promise.all(apps.map((app) => app.getUrl()));
  const tokens = await tokensOf(issuer, ['admin', 'tesla-site', 'tesla-buyer']);
  process.send?.({ commandsUrl, noOpUrl, tokens } satisfies Listening);
  process.once('disconnect', () => process.exit(0));
}

function commandEdge(ownerUrl: string) {
  const database = openPool(roleUrl(ownerUrl, 'waybill_writer'), {
    applicationName: 'waybill-bench',
    maxConnections: 4,
    onIdleError: (error) => {
      throw error;
    },
  });
  const rules = {
    pool: database,
    decider: ledgerDecider,
    codec: { encode: encodeBody, decode: decodeBody },
    schemaVersionOf,
    clock: { todayMs: Date.now },
  };
  return CommandEdgeModule.forRoot({
    sink: new LedgerWriters<LedgerState, LedgerCommand, LedgerEvent>(rules),
    previews: new LedgerPreviews<LedgerState, LedgerCommand, LedgerEvent>(rules),
    database,
    actors: new ActorBook(database),
    ledgers: new PostgresLedgerReader(database),
  });
}

async function tokensOf(issuer: DemoIssuer, actors: readonly string[]): Promise<Record<string, string>> {
  const tokens = await Promise.all(
    actors.map(async (actor) => [actor, (await issuer.token(actor))?.access_token ?? ''] as const),
  );
  return Object.fromEntries(tokens);
}
