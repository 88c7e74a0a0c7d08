import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { decodeBody, encodeBody } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerState } from '#libs/domain';
import { LedgerWriters, openLedger, type CommandSink, PostgresLedgerReader } from '#libs/event-store';
import { Projector } from '#libs/read-models';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import pg from 'pg';
import { readConfig } from '../config.ts';
import { parseScenario, type ScenarioStep } from '../scenario/scenario-file.ts';
import { runDoctor } from './command.ts';

const LEDGER = 'redirected-h100s';
const ROWS = 'read.position_contributions';

describe('waybill doctor on the redirected H100s', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    await played(database);
    const reader = new PostgresLedgerReader(database.pool('waybill_projector'));
    await new Projector({ pool: database.pool('waybill_projector'), reader, decode: decodeBody }).catchUp(LEDGER);
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('set session_replication_role = replica');
  });

  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it('says that the invariants hold', async () => {
    const { exitCode, said } = await doctor();
    expect(said).toMatch(/\ninvariants 1 to 7 hold up to position \d+\n$/);
    expect(exitCode).toBe(0);
  });

  it.each([
    [
      1,
      'a line of the schedule',
      'tranche PO-T1/T1',
      "update read.delivery_versions set quantity = 7 where line_id = 'PO-T1/T1'",
    ],
    [
      1,
      'a bucket',
      'open of X, H100',
      `update ${ROWS} set quantity = quantity + 1 where bucket = 'open' and position = (select max(position) from ${ROWS} where bucket = 'open' and company_id = 'X')`,
    ],
    [
      2,
      'accepted units',
      'SKU H100',
      `delete from ${ROWS} where bucket = 'accepted' and position = (select min(position) from ${ROWS} where bucket = 'accepted')`,
    ],
    [
      2,
      'where they stand',
      'site PALO',
      `update ${ROWS} set site_id = 'XDC' where bucket = 'accepted' and site_id = 'PALO'`,
    ],
    [
      3,
      'one side of a redirection',
      'ShipmentRedirected of H100',
      `delete from ${ROWS} where company_id = 'X' and position in (select position from ledger.events where type = 'ShipmentRedirected')`,
    ],
    [
      3,
      'units that never came',
      'inTransit of TESLA, H100 at AUSTIN',
      `delete from ${ROWS} where bucket = 'inTransit' and quantity > 0 and company_id = 'TESLA' and site_id = 'AUSTIN'`,
    ],
    [
      3,
      'the ordering company',
      'order PO-T1',
      "update read.delivery_versions set ordering_company_id = 'X' where shipment_id = 'SH-1'",
    ],
    [
      4,
      'one side of a debt',
      'exposure of TESLA and X, H100',
      `delete from ${ROWS} where bucket = 'owed' and company_id = 'X'`,
    ],
    [
      4,
      'both sides of a debt',
      'exposure of X to TESLA, H100',
      `delete from ${ROWS} where bucket = 'owed' and position = (select max(position) from ${ROWS} where bucket = 'owed')`,
    ],
    [
      5,
      'what a site can take',
      'breach of PALO',
      "update read.site_facts set usable_units = 1, design_units = 1 where site_id = 'PALO'",
    ],
    [
      6,
      'a limit',
      'funds of X',
      "update read.amounts set amount = 5 where measure = 'limitCents' and company_id = 'X'",
    ],
    [
      6,
      'money moved',
      'a redirection',
      "update ledger.events set type = 'FundsMoved' where type = 'FundsCommitted' and stream = 'funds/X'",
    ],
    [
      6,
      'money spent',
      'consumed by X',
      "update read.amounts set amount = amount - 1 where measure = 'consumedCents' and company_id = 'X'",
    ],
    [
      7,
      'an approval',
      'redirection SW-1',
      "delete from read.redirection_history where happening = 'approved' and company_id = 'X'",
    ],
    [
      7,
      'who approved',
      'redirection SW-1',
      "update read.redirection_history set actor = 'one' where happening = 'approved'",
    ],
  ])('names invariant %i when %s was changed by hand in the read models', async (invariant, _, subject, statement) => {
    const { exitCode, found } = await doctorWhile(statement);
    expect(found).toContainEqual(expect.objectContaining({ invariant, subject, seenIn: 'readModels' }));
    expect(found).not.toContainEqual(expect.objectContaining({ seenIn: 'ledger' }));
    expect(exitCode).toBe(1);
  });

  it('names an event that was changed by hand, and says that no rebuild mends it', async () => {
    const swapped = `convert_to(replace(convert_from(body, 'UTF8'), '"actor":"tesla-cfo"', '"actor":"tesla-buyer"'), 'UTF8')`;
    const { found, said } = await doctorWhile(
      `update ledger.events set body = ${swapped} where type = 'OrderApproved' and stream = 'order/PO-T1'`,
    );
    expect(found).toEqual([
      {
        invariant: 7,
        subject: 'order PO-T1',
        found: 'requested and approved by tesla-buyer',
        position: expect.any(Number),
        seenIn: 'ledger',
      },
    ]);
    expect(said).toMatch(
      /FAIL: invariant 7 \(approvers .*\) is broken in the ledger by the event at \d+: order PO-T1: /,
    );
    expect(said).toContain('next: no rebuild mends the ledger itself');
  });

  interface Finding {
    readonly invariant: number;
    readonly subject: string;
  }

  /** What the doctor says while the database holds what `statement` makes of it. */
  async function doctorWhile(statement: string) {
    const changed = /^(?:update|delete from) (\S+)/.exec(statement)?.[1] ?? '';
    await owner.query(`create table kept as table ${changed}`);
    try {
      const { rowCount } = await owner.query(statement);
      expect(rowCount).toBeGreaterThan(0);
      const { exitCode, said: json } = await doctor({ json: true });
      const { brokenInvariants: found } = JSON.parse(json) as { brokenInvariants: readonly Finding[] };
      return { exitCode, found, said: (await doctor()).said };
    } finally {
      await owner.query(`truncate ${changed} cascade; insert into ${changed} select * from kept; drop table kept`);
    }
  }

  async function doctor(values = {}) {
    const said: string[] = [];
    const out = new Writable({ write: (chunk, _, done) => (said.push(String(chunk)), done()) });
    const config = readConfig({ DATABASE_URL: database.url('waybill_auditor') });
    const err = new Writable({ write: (_, __, done) => done() });
    const exitCode = await runDoctor({ values: { ledger: LEDGER, ...values }, positionals: [] }, { config, out, err });
    return { exitCode, said: said.join('') };
  }
});

/** Every step of the story that is not refused, handed to a writer. */
async function played(database: TestDatabase): Promise<void> {
  const pool = database.pool('waybill_writer');
  const opening = { ledger: LEDGER, clock: 'simulated', currency: 'USD', title: null } as const;
  await openLedger(pool, { ...opening, actor: 'admin', commandId: 'open', request: opening });
  const codec = { encode: encodeBody, decode: decodeBody };
  const writers = new LedgerWriters({ pool, decider: ledgerDecider, codec, clock: { todayMs: Date.now } });
  const file = new URL('../scenarios/redirected-h100s.json', import.meta.url);
  for (const step of parseScenario(await readFile(file, 'utf8')).steps) await submitted(writers, step);
  await writers.stop();
}

async function submitted(
  writers: CommandSink<LedgerState, LedgerCommand>,
  { no, at, by, command: type, fields, reject }: ScenarioStep,
) {
  const command = { type, ...fields } as unknown as LedgerCommand;
  const { answer } = await writers.submit({
    ledger: LEDGER,
    command,
    commandId: `step-${no}`,
    actor: by,
    correlationId: `step-${no}`,
    causationId: null,
    effectiveAt: at,
    recordedOn: at,
    reason: null,
    evidence: [],
    request: command,
    scope: () => null,
  });
  expect([no, answer.outcome]).toEqual([no, reject === null ? 'accepted' : 'rejected']);
}
