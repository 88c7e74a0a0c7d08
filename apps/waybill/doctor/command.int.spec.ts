import { Writable } from 'node:stream';
import { decodeBody, encodeBody } from '#libs/contracts';
import { ledgerDecider } from '#libs/domain';
import { LedgerWriters, openLedger, PostgresLedgerReader } from '#libs/event-store';
import { Projector } from '#libs/read-models';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import pg from 'pg';
import { readConfig } from '../config.ts';
import { runDoctor } from './command.ts';

const LEDGER = 'under-examination';

const RETOLD = 'update ledger.events set recorded_at_ms = recorded_at_ms + 1 where position = 2';

describe('waybill doctor', () => {
  let database: TestDatabase;
  let projector: Projector;

  beforeEach(async () => {
    database = await createTestDatabase();
    const reader = new PostgresLedgerReader(database.pool('waybill_projector'));
    projector = new Projector({ pool: database.pool('waybill_projector'), reader, decode: decodeBody });
    await stockTaking(database);
  });

  afterEach(() => database.drop());

  it('finds nothing in read models that follow the ledger', async () => {
    await projector.catchUp(LEDGER);
    expect(await doctor()).toEqual({
      exitCode: 0,
      said: expect.stringMatching(
        new RegExp(
          `^${LEDGER}: 4 events, read models at position 4, 0 differences\\n` +
            'generation 1 has read positions 1 to 4, digest [0-9a-f]{64}, as the ledger holds them\\n' +
            'invariants 1 to 7 hold up to position 4\\n$',
        ),
      ),
    });
  });

  it('waits for read models that are on their way', async () => {
    const examination = doctor();
    await projector.catchUp(LEDGER);
    expect(await examination).toEqual({ exitCode: 0, said: expect.stringContaining('read models at position 4') });
  });

  it('names what halts the read models, and what to do, without waiting for them', async () => {
    await projector.catchUp(LEDGER);
    await asOwner(`
      set session_replication_role = replica;
      update read.checkpoints set position = 3;
      insert into read.halts (generation, ledger, position, code, since)
      values (1, '${LEDGER}', 4, 'LINE_UNKNOWN', '2026-03-01 08:00:00+00')`);
    const { exitCode, said } = await doctor();
    expect(exitCode).toBe(1);
    expect(said).toContain('FAIL: the read models are behind the ledger\n');
    expect(said).toContain('FAIL: LINE_UNKNOWN: halted at 4 since 2026-03-01T08:00:00.000Z\n');
    expect(said).toContain(`waybill halts release --ledger ${LEDGER} --who`);
  }, 9_000);

  it('names the row that was changed by hand', async () => {
    await projector.catchUp(LEDGER);
    await asOwner("update read.position_contributions set quantity = 501 where bucket = 'accepted'");
    const { exitCode, said } = await doctor();
    expect(exitCode).toBe(1);
    expect(said).toMatch(/FAIL: position_contributions .*"quantity":500.*"quantity":501/);
  });

  it.each([
    ['another digest', 'update read.checkpoints set digest = sha256(digest)', 4],
    ['an event recorded at another instant', RETOLD, 4],
    ['an event that is gone', 'delete from ledger.events where position = 4', 3],
  ])('tells that what was read is not what the ledger holds: %s', async (_, statement, held) => {
    await projector.catchUp(LEDGER);
    await asOwner(`set session_replication_role = replica; ${statement}`);
    const { exitCode, said } = await doctor();
    expect(exitCode).toBe(1);
    const digests = 'digest ([0-9a-f]{64}); the ledger holds HELD of them, digest (?!\\1)[0-9a-f]{64}\n';
    expect(said).toMatch(
      new RegExp(
        `FAIL: READ_MODEL_INCOMPLETE: says it has read positions 1 to 4, ${digests.replace('HELD', String(held))}`,
      ),
    );
    expect(said).toContain(`next: waybill rebuild --ledger ${LEDGER} --who`);
  });

  it('refuses a ledger that is not there, and a database that is not', async () => {
    await expect(doctor('no-such-ledger')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(doctor(LEDGER, 'postgresql://waybill_auditor@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  async function doctor(ledger = LEDGER, url = database.url('waybill_auditor')) {
    const said: string[] = [];
    const out = new Writable({ write: (chunk, _, done) => (said.push(String(chunk)), done()) });
    const config = readConfig({ DATABASE_URL: url });
    const exitCode = await runDoctor({ values: { ledger }, positionals: [] }, { config, out, err: out });
    return { exitCode, said: said.join('') };
  }

  async function asOwner(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query(statement);
    await client.end();
  }
});

/** A company, a SKU, a site and 500 units standing there. */
async function stockTaking(database: TestDatabase): Promise<void> {
  const pool = database.pool('waybill_writer');
  const opening = { ledger: LEDGER, clock: 'system', currency: 'USD', title: null } as const;
  await openLedger(pool, { ...opening, actor: 'someone', commandId: 'open', request: opening });
  const codec = { encode: encodeBody, decode: decodeBody };
  const writers = new LedgerWriters({ pool, decider: ledgerDecider, codec, clock: { todayMs: Date.now } });
  const commands = [
    { type: 'RegisterCompany', companyId: 'ACME', name: 'Acme', kind: 'buyer', headquartersCountry: 'US' },
    { type: 'RegisterSku', skuId: 'H100', name: 'Nvidia H100', wattsPerUnit: 700 },
    { type: 'RegisterSite', siteId: 'A1', companyId: 'ACME', kind: 'datacenter', designUnits: 900, usableUnits: 900 },
    {
      type: 'RecordOpeningBalance',
      companyId: 'ACME',
      siteId: 'A1',
      skuId: 'H100',
      lotId: 'LOT-1',
      quantity: 500,
    },
  ] as const;
  for (const command of commands) {
    const { answer } = await writers.submit({
      ledger: LEDGER,
      command,
      commandId: command.type,
      actor: 'someone',
      correlationId: command.type,
      causationId: null,
      effectiveAt: null,
      recordedOn: null,
      reason: null,
      evidence: [],
      request: command,
      scope: () => null,
    });
    expect(answer.outcome).toBe('accepted');
  }
  await writers.stop();
}
