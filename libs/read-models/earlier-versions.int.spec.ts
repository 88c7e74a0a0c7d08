import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerEvent, type LedgerState, type RecordClaim } from '#libs/domain';
import { LedgerWriters, openLedger, PostgresLedgerReader, type StoredEvent } from '#libs/event-store';
import { canonicalJson } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { claimsReport } from './claims/report.ts';
import { appendMore } from './fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from './fixtures/projection.ts';
import { rebuilt } from './fixtures/rebuilding.ts';
import { ledgerProgress } from './progress.ts';

const SAMPLE = readFileSync(join(import.meta.dirname, '../contracts/samples/PublicClaimRecorded.v1.json'));

const CLAIM: RecordClaim = {
  ...{ type: 'RecordClaim', claimId: 'CL-Q3', companyId: 'TESLA', skuId: 'H100', metric: 'accepted' },
  ...{ low: 1, high: 2, statedOn: '2024-01-02', speaker: 'a person', source: 'a call', quote: 'so many' },
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe('a ledger that an earlier release wrote', () => {
  const LEDGER = 'earlier';

  it('is decided on, projected, verified and rebuilt as if today had written it', async () => {
    await founded(LEDGER);
    await appendMore(database, [stored(LEDGER, 3, SAMPLE)]);
    const [again, next] = await answersOf(LEDGER, [CLAIM, { ...CLAIM, claimId: 'CL-Q4' }]);
    expect(again).toEqual({ outcome: 'rejected', code: 'ALREADY_EXISTS', fields: { claimId: 'CL-Q3' } });
    expect(next).toMatchObject({ outcome: 'accepted', position: 4 });
    expect(await storedVersions(LEDGER)).toEqual([1, 1, 1, 2]);

    await projectorOf(database).catchUp(LEDGER);
    const { items } = await claimsReport(database.pool('waybill_auditor'), LEDGER);
    expect(items).toMatchObject([
      { claimId: 'CL-Q3', horizon: null, low: 35_000, high: 85_000 },
      { claimId: 'CL-Q4', horizon: null },
    ]);
    expect(await verificationOf(database, LEDGER)).toEqual({ position: 4, differences: [] });
    expect(await rebuilt(database, LEDGER)).toMatchObject({ outcome: 'switched', position: 4 });
  });
});

describe('a ledger that a later release wrote', () => {
  it.each([
    ['version', 'EVENT_VERSION_UNKNOWN', { schemaVersion: 99 }],
    ['type', 'EVENT_TYPE_UNKNOWN', { type: 'ClaimWithdrawn' }],
  ])('takes no command and halts its reports before an event of an unknown %s', async (what, code, said) => {
    const ledger = `later-${what}`;
    await founded(ledger);
    const body = canonicalJson({ ...(JSON.parse(SAMPLE.toString('utf8')) as object), ...said });
    await appendMore(database, [stored(ledger, 3, Buffer.from(body))]);
    const unreadable = { code: 'LEDGER_UNREADABLE', after: 2, cause: expect.objectContaining({ code }) };
    await expect(answersOf(ledger, [CLAIM])).rejects.toMatchObject(unreadable);

    expect((await projectorOf(database).catchUp(ledger)).position).toBe(2);
    const { halt } = await ledgerProgress(database.pool('waybill_auditor'), ledger);
    expect(halt).toMatchObject({ position: 3, code });
    expect((await new PostgresLedgerReader(database.pool('waybill_auditor')).head(ledger))?.position).toBe(3);
  });
});

/** A ledger on which claims of H100s can be made, at position 2. */
async function founded(ledger: string): Promise<void> {
  const opening = { ledger, clock: 'simulated', currency: 'USD', title: null } as const;
  await openLedger(database.pool('waybill_writer'), {
    ...opening,
    ...{ actor: 'admin', commandId: `open-${ledger}`, request: opening },
  });
  await answersOf(ledger, [
    { type: 'RegisterCompany', companyId: 'TESLA', name: 'Tesla', kind: 'buyer', headquartersCountry: 'US' },
    { type: 'RegisterSku', skuId: 'H100', name: 'H100', wattsPerUnit: 700 },
  ]);
}

/** What the commands hear from a writer that begins with an empty book. */
async function answersOf(ledger: string, commands: readonly LedgerCommand[]): Promise<readonly unknown[]> {
  const writers = new LedgerWriters<LedgerState, LedgerCommand, LedgerEvent>({
    pool: database.pool('waybill_writer'),
    decider: ledgerDecider,
    codec: { encode: encodeBody, decode: decodeBody },
    schemaVersionOf,
    clock: { todayMs: Date.now },
  });
  const answers: unknown[] = [];
  try {
    for (const command of commands) {
      const commandId = `${ledger}-${command.type}-${'claimId' in command ? command.claimId : ''}`;
      const asked = {
        actor: 'ada',
        commandId,
        correlationId: commandId,
        causationId: null,
        reason: null,
        evidence: [],
      };
      const when = { effectiveAt: '2024-02-01', recordedOn: null, scope: () => null, request: command };
      answers.push((await writers.submit({ ledger, command, ...asked, ...when })).answer);
    }
    return answers;
  } finally {
    await writers.stop();
  }
}

function stored(ledger: string, position: number, body: Buffer): StoredEvent {
  const { stream, type, version } = JSON.parse(body.toString('utf8')) as LedgerEvent & { version: number };
  const place = { ledger, position, stream, version, type };
  return { ...place, effectiveAt: '2024-01-24', recordedAtMs: Date.UTC(2024, 1, 1), body };
}

async function storedVersions(ledger: string): Promise<readonly number[]> {
  const events = await new PostgresLedgerReader(database.pool('waybill_auditor')).read(ledger, { after: 0, limit: 10 });
  return events.map(({ body }) => (JSON.parse(body.toString('utf8')) as { schemaVersion: number }).schemaVersion);
}
