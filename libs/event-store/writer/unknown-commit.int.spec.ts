import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openPool } from '../pool.ts';
import { PostgresLedgerReader } from '../reader.ts';
import { newLedger, warehouseWriters } from '../trial/opened-warehouse.ts';
import { submissionOf } from '../trial/submission.ts';
import type { SubmissionResult } from '../types.ts';

type Fault = 'answer lost' | 'request lost' | 'refuses';

/** A wire between a client and PostgreSQL that breaks when told: before a request goes through, or after it did. */
class BreakingWire {
  private fault: { kind: Fault; times: number } = { kind: 'refuses', times: 0 };
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  broken = 0;

  constructor(private readonly target: URL) {
    this.server = createServer((client) => this.join(client));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    return Object.assign(new URL(this.target), { host: `127.0.0.1:${port}` }).href;
  }

  break(kind: Fault, times: number): void {
    this.fault = { kind, times };
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    let appending = false;
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => [client, server].forEach((each) => each.destroy()));
    }
    if (this.strikes('refuses')) client.destroy();
    client.on('data', (bytes: Buffer) => {
      appending ||= bytes.includes('SpaceReserved');
      if (appending && this.strikes('request lost')) client.destroy();
      else server.write(bytes);
    });
    // The answer's first byte means that PostgreSQL has committed: nothing of it reaches the client.
    server.on('data', (bytes: Buffer) => {
      if (appending && this.strikes('answer lost')) client.destroy();
      else client.write(bytes);
    });
  }

  private strikes(kind: Fault): boolean {
    if (this.fault.kind !== kind || this.fault.times === 0) return false;
    this.fault.times -= 1;
    this.broken += 1;
    return true;
  }
}

describe('when PostgreSQL does not answer', () => {
  let database: TestDatabase;
  let wire: BreakingWire;
  let pool: pg.Pool;
  let reader: PostgresLedgerReader;
  let ledger: string;
  let idleErrors: Error[];

  beforeAll(async () => {
    database = await createTestDatabase();
    reader = new PostgresLedgerReader(database.pool('waybill_auditor'));
  });
  beforeEach(async () => {
    ledger = await newLedger(database.pool('waybill_writer'));
    wire = new BreakingWire(new URL(database.url('waybill_writer')));
    idleErrors = [];
    pool = openPool(await wire.listen(), {
      applicationName: 'trial',
      maxConnections: 2,
      onIdleError: (error) => idleErrors.push(error),
    });
  });
  afterEach(async () => {
    await pool.end();
    await wire.close();
  });
  afterAll(() => database.drop());

  const reserve = (units: number) => submissionOf(ledger, { kind: 'reserve', aisle: '1', units, cents: 0 });

  it.each([
    ['answer lost', 1],
    ['answer lost', 2],
    ['request lost', 1],
    ['request lost', 3],
  ] as const)('%s %i time(s): every command is there once, and its caller hears so', async (fault, times) => {
    const writers = warehouseWriters(pool);
    await writers.submit(submissionOf(ledger, { kind: 'open', capacityUnits: 30, budgetCents: 1 }));
    wire.break(fault, times);
    const results = await Promise.all([10, 10, 11, 10].map((units) => writers.submit(reserve(units))));
    expect(results.map(({ answer, replayed }) => [answer.outcome, replayed])).toEqual([['accepted', false], ['accepted', false], ['rejected', false], ['accepted', false]]); // prettier-ignore
    expect((await reader.read(ledger, { after: 0, limit: 9 })).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(wire.broken).toBe(times);
    expect(writers.statistics().retries).toBeGreaterThanOrEqual(1);
    await writers.stop();
  });

  it('for too long: the callers hear that it may or may not have happened; the same id tells later', async () => {
    const writers = warehouseWriters(pool, { limits: { unavailableAfterMs: 300 } });
    await writers.submit(submissionOf(ledger, { kind: 'open', capacityUnits: 30, budgetCents: 1 }));
    wire.break('answer lost', 1_000_000);
    const command = reserve(10);
    await expect(writers.submit(command)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE', retriable: true });
    wire.break('refuses', 0);
    expect(await writers.submit(command)).toMatchObject({
      answer: { outcome: 'accepted', position: 2 },
      replayed: true,
    });
    expect(await reader.read(ledger, { after: 0, limit: 9 })).toHaveLength(2);
    await writers.stop();
  });

  it('at first: a ledger is loaded once it does', async () => {
    wire.break('refuses', 3);
    const writers = warehouseWriters(pool);
    expect((await writers.submit(submissionOf(ledger, { kind: 'nothing' }))).answer.outcome).toBe('accepted');
    expect(wire.broken).toBe(3);
    await writers.stop();
  });

  it('as an administrator ends its connections: the same', async () => {
    const writers = warehouseWriters(pool);
    const admin = new pg.Client({ connectionString: database.ownerUrl });
    await admin.connect();
    const sent: Promise<SubmissionResult>[] = [];
    for (let wave = 0; writers.statistics().retries < 3; wave++) {
      expect(wave).toBeLessThan(200);
      for (let n = 0; n < 50; n++)
        sent.push(writers.submit(submissionOf(ledger, { kind: 'note', stream: `n/${wave}`, data: {} })));
      await sleep(2);
      await admin.query(TERMINATE, [database.name]);
    }
    const answers = await Promise.all(sent);
    expect(answers.every(({ answer, replayed }) => answer.outcome === 'accepted' && !replayed)).toBe(true);
    expect(await reader.head(ledger)).toMatchObject({ position: sent.length });
    await admin.end();
    await writers.stop();
  });
});

const TERMINATE = `
  select pg_terminate_backend(pid)
    from pg_stat_activity
   where application_name = 'trial'
     and datname = $1`;
