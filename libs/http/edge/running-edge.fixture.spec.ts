import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { AccessLog, ActorBook, createBearerCheck, DEMO_ALGORITHM, DemoIssuer } from '#libs/access';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerEvent, type LedgerState } from '#libs/domain';
import { LedgerPreviews, LedgerWriters, PostgresLedgerReader } from '#libs/event-store';
import { LedgerFollower, ProgressWatch, Projector } from '#libs/read-models';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { CommandEdgeModule, createEdge, DemoModule, HealthModule, QueryEdgeModule, ReadSideReady } from '../index.ts';

/** What specs look at; whichever of these the answer has. */
export interface AnswerBody {
  readonly code?: string;
  readonly type?: string;
  readonly traceId?: string;
  readonly position?: number;
  readonly asOfPosition?: number;
  readonly errors?: readonly { readonly pointer: string }[];
  readonly items?: readonly Readonly<Record<string, unknown>>[];
  readonly [field: string]: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; `{ text }` of anything else. */
  readonly body: AnswerBody;
}

/** A database, a server and a story take their time on a busy machine. */
export const STARTING_MS = 60_000;

const WHO = { issuer: 'http://issuer.test', audience: 'waybill' };

/** The whole edge on a real port, in front of a real database with a projector behind it. */
export class RunningEdge {
  readonly ledger = 'house';
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly url: string,
    readonly database: TestDatabase,
    readonly issuer: DemoIssuer,
    private readonly closing: readonly (() => Promise<unknown>)[],
  ) {}

  static async start({ callerRatePerSecond = 5_000 } = {}): Promise<RunningEdge> {
    const database = await createTestDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'waybill-edge-'));
    const issuer = await DemoIssuer.open({ ...WHO, keyFile: join(folder, 'key.json') });
    const { app, stop } = await served(database, issuer, callerRatePerSecond);
    await app.listen(0, '127.0.0.1');
    const clean = [() => app.close(), stop, () => database.drop(), () => rm(folder, { recursive: true })];
    return new RunningEdge(await app.getUrl(), database, issuer, clean);
  }

  async stop(): Promise<void> {
    for (const close of this.closing) await close();
  }

  async get(actor: string, path: string): Promise<Answer> {
    return answerOf(await fetch(this.url + path, { headers: { authorization: await this.bearer(actor) } }));
  }

  /** POSTs `body` as JSON to a path below the ledger, as `actor`, with a key of its own unless `headers` brings one. */
  async post(actor: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.postText(`/v1/ledgers/${this.ledger}/${path}`, JSON.stringify(body), {
      authorization: await this.bearer(actor),
      ...headers,
    });
  }

  async postText(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const all = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers };
    return answerOf(await fetch(this.url + path, { method: 'POST', body, headers: all }));
  }

  async openLedger(ledger = this.ledger, clock = 'simulated'): Promise<Answer> {
    return this.postText('/v1/ledgers', JSON.stringify({ ledger, clock, currency: 'USD' }), {
      authorization: await this.bearer('admin'),
    });
  }

  async bearer(actor: string): Promise<string> {
    const token = this.tokens.get(actor) ?? (await this.issuer.token(actor))?.access_token ?? '';
    this.tokens.set(actor, token);
    return `Bearer ${token}`;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : { text }) as Answer['body'],
  };
}

async function served(
  database: TestDatabase,
  issuer: DemoIssuer,
  callerRatePerSecond: number,
): Promise<{ app: NestFastifyApplication; stop: () => Promise<void> }> {
  const writing = database.pool('waybill_writer');
  const wholeGroup = database.pool('waybill_auditor');
  const rules = {
    pool: writing,
    decider: ledgerDecider,
    codec: { encode: encodeBody, decode: decodeBody },
    schemaVersionOf,
    clock: { todayMs: Date.now },
  };
  const sink = new LedgerWriters<LedgerState, LedgerCommand, LedgerEvent>(rules);
  const reader = new PostgresLedgerReader(database.pool('waybill_projector'));
  const projector = new Projector({ pool: database.pool('waybill_projector'), reader, decode: decodeBody });
  const follower = new LedgerFollower({ projector, reader, patienceMs: 0, pollMs: 10 });
  follower.start();
  const commands = CommandEdgeModule.forRoot({
    sink,
    previews: new LedgerPreviews<LedgerState, LedgerCommand, LedgerEvent>(rules),
    actors: new ActorBook(writing),
    ledgers: new PostgresLedgerReader(writing),
    database: writing,
  });
  const queries = QueryEdgeModule.forRoot({
    ledgers: new PostgresLedgerReader(wholeGroup),
    wholeGroup,
    byCompany: database.pool('waybill_query'),
    progress: new ProgressWatch(wholeGroup),
    actors: new ActorBook(wholeGroup),
    accessLog: new AccessLog(wholeGroup),
    cursorKey: randomBytes(32),
  });
  const bearer = createBearerCheck({ ...WHO, algorithms: [DEMO_ALGORITHM], keys: issuer.keys });
  const modules = [commands, queries, HealthModule.forRoot(new ReadSideReady(wholeGroup)), DemoModule.forRoot(issuer)];
  const app = await createEdge(modules, { bearer, logger: pino({ level: 'silent' }), callerRatePerSecond });
  const stop = async () => {
    await follower.stop();
    await projector.idle();
    await sink.stop();
  };
  return { app, stop };
}
