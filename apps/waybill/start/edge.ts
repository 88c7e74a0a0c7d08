import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AccessLog, ActorBook, createBearerCheck, DEMO_ALGORITHM, DemoIssuer } from '#libs/access';
import { PostgresLedgerReader } from '#libs/event-store';
import {
  CommandEdgeModule,
  type CommandPorts,
  createEdge,
  DemoModule,
  HealthModule,
  QueryEdgeModule,
  type QueryPorts,
} from '#libs/http';
import { measuredRequests, type Metrics } from '#libs/services';
import type { ProgressWatch } from '#libs/read-models';
import type { WaybillConfig } from '../config.ts';
import type { ClosingStack } from './closing-stack.ts';
import type { Logs } from './logs.ts';
import { WaybillReadiness } from './readiness.ts';
import type { Servers } from './servers.ts';

export interface EdgeParts {
  readonly config: WaybillConfig;
  readonly servers: Servers;
  readonly writeSide: CommandPorts;
  readonly progress: ProgressWatch;
  readonly logs: Logs;
  readonly metrics: Metrics;
  readonly closing: ClosingStack;
}

/** Commands, queries, page and documents at one address of this machine. Answers the URL. */
export async function startEdge(parts: EdgeParts): Promise<string> {
  const { config, servers, writeSide, progress, logs, metrics, closing } = parts;
  const url = `http://127.0.0.1:${config.port}`;
  const whoever = { issuer: url, audience: 'waybill' };
  const issuer = await DemoIssuer.open({ ...whoever, keyFile: join(config.dataFolder, 'demo-issuer.json') });
  const wholeGroup = servers.pool('waybill_auditor', 8);
  const queries: QueryPorts = {
    ledgers: new PostgresLedgerReader(wholeGroup),
    wholeGroup,
    byCompany: servers.pool('waybill_query', 8),
    progress,
    actors: new ActorBook(wholeGroup),
    accessLog: new AccessLog(wholeGroup),
    cursorKey: await cursorKey(join(config.dataFolder, 'cursor.key')),
  };
  const app = await createEdge(
    [
      CommandEdgeModule.forRoot(writeSide),
      QueryEdgeModule.forRoot(queries),
      HealthModule.forRoot(new WaybillReadiness([wholeGroup, queries.byCompany], servers.brokers !== null)),
      DemoModule.forRoot(issuer),
    ],
    {
      bearer: createBearerCheck({ ...whoever, algorithms: [DEMO_ALGORITHM], keys: issuer.keys }),
      logger: logs.log.child({ part: 'http' }),
      onAnswered: measuredRequests(metrics),
      uiFolder: join(import.meta.dirname, '../../ops-ui'),
    },
  );
  closing.onClose(() => app.close());
  await app.listen(config.port, '127.0.0.1');
  return url;
}

/** Kept, so that a cursor outlives a restart. */
async function cursorKey(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const key = randomBytes(32);
    await writeFile(file, key, { mode: 0o600, flush: true });
    return key;
  }
}
