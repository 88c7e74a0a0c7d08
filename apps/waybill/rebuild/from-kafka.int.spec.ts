import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { decodeBody, encodeBody } from '#libs/contracts';
import { openLedger, PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import type { DecidedEvent } from '#libs/kernel';
import type { LedgerEvent } from '#libs/domain';
import {
  connectKafka,
  KafkajsPublisher,
  KafkajsTopic,
  type Log,
  logRelay,
  Relay,
  relayProgress,
} from '#libs/messaging';
import { claimsReport, Projector, rebuildReadModels, type RebuildReport, verifyReadModels } from '#libs/read-models';
import { createTestDatabase, createTestTopic, type TestDatabase, type TestTopic } from '#libs/testing';
import { openSource } from './source.ts';

const LEDGER = 'from-kafka';
const QUIET: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('a rebuild from Kafka', () => {
  let database: TestDatabase;
  let topic: TestTopic;
  let projector: Projector;
  let pool: pg.Pool;

  beforeEach(async () => {
    [database, topic] = await Promise.all([createTestDatabase(), createTestTopic()]);
    pool = database.pool('waybill_projector');
    projector = new Projector({ pool, reader: new PostgresLedgerReader(pool), decode: decodeBody });
    for (const ledger of [LEDGER, 'another']) await openStock(ledger, 1, 3_000);
    await projector.catchUp(LEDGER);
  }, 30_000);

  afterEach(async () => {
    await Promise.all([database.drop(), topic.remove()]);
  });

  it('makes the rows of the live generation without a right to read an event in the ledger', async () => {
    await published();
    await database.pool('waybill_owner').query('revoke select on ledger.events from waybill_projector');
    await expect(pool.query('select from ledger.events limit 1')).rejects.toMatchObject({ code: '42501' });
    expect(await rebuiltFromKafka()).toMatchObject({
      ...{ outcome: 'switched', generation: 2, position: 3_000, eventsFrom: { ledger: 0, topic: 3_000 } },
      differences: { count: 0 },
    });
    expect(await rowsOf(2)).toEqual(await rowsOf(1));
    expect((await rowsOf(2)).length).toBeGreaterThan(3_000);
    expect(await verification()).toMatchObject({ generation: 2, position: 3_000, differences: [] });
  }, 60_000);

  it('drops what the topic holds twice, and goes on while events are appended', async () => {
    await published();
    await database
      .pool('waybill_owner')
      .query('update relay.publications set position = 0, first_offset = null, last_offset = null');
    await openStock(LEDGER, 3_001, 1_000);
    await projector.catchUp(LEDGER);
    await published();
    expect(await rebuiltFromKafka()).toMatchObject({ outcome: 'switched', position: 4_000, differences: { count: 0 } });
    expect(await verification()).toMatchObject({ generation: 2, position: 4_000, differences: [] });
  }, 60_000);

  it('says which event the topic lacks, and leaves the live generation', async () => {
    await published();
    await openStock(LEDGER, 3_001, 5);
    await projector.catchUp(LEDGER);
    await expect(rebuiltFromKafka(500)).rejects.toMatchObject({ code: 'SOURCE_INCOMPLETE', position: 3_001 });
    expect(await verification()).toMatchObject({ generation: 1, position: 3_005, differences: [] });
  }, 60_000);

  it('reads what an earlier release wrote as if today had written it', async () => {
    await openClaim(3_001);
    await projector.catchUp(LEDGER);
    await published();
    await database.pool('waybill_owner').query('revoke select on ledger.events from waybill_projector');
    expect(await rebuiltFromKafka()).toMatchObject({ outcome: 'switched', position: 3_001, differences: { count: 0 } });
    const { items } = await claimsReport(database.pool('waybill_auditor'), LEDGER);
    expect(items).toMatchObject([{ claimId: 'CL-Q3', horizon: null, low: 35_000, high: 85_000 }]);
  }, 60_000);

  async function rebuiltFromKafka(patienceMs = 10_000): Promise<RebuildReport> {
    const place = { pool, ledger: LEDGER, brokers: topic.brokers, topic: topic.topic };
    const { source, close } = await openSource(place);
    try {
      if (patienceMs < 1_000) await source.read(0, 0, 10_000);
      const order = { ledger: LEDGER, who: 'ada', why: 'a trial' };
      return await rebuildReadModels({ pool, source, decode: decodeBody, patienceMs }, order);
    } finally {
      await close();
    }
  }

  /** Everything that the ledgers hold is in the topic when it resolves. */
  async function published(): Promise<void> {
    const relayPool = database.pool('waybill_relay');
    const kafka = connectKafka({ brokers: topic.brokers, clientId: 'trial-relay', log: QUIET });
    const reader = new PostgresLedgerReader(relayPool);
    const relay = new Relay({
      reader,
      progress: relayProgress(relayPool, topic.topic),
      topic: new KafkajsTopic(kafka, { topic: topic.topic, partitions: 12 }),
      publisher: new KafkajsPublisher(kafka, topic.topic),
      incarnation: await readIncarnation(relayPool),
      observer: logRelay(QUIET),
    });
    relay.start();
    for (let behind = 1; behind > 0;) {
      const { rows } = await relayPool.query<{ behind: number }>(
        `select count(*)::int as behind from ledger.ledgers l
         where (select max(position) from ledger.events e where e.ledger = l.ledger)
               is distinct from (select position from relay.publications p where p.ledger = l.ledger)`,
      );
      behind = rows[0]?.behind ?? 1;
      await sleep(50);
    }
    await relay.stop();
  }

  async function rowsOf(generation: number): Promise<readonly unknown[]> {
    const found = await database.pool('waybill_auditor').query<{ row: string }>(
      `select (to_jsonb(t) - 'generation')::text as row from read.position_contributions t
       where ledger = $1 and generation = $2
       union all select (to_jsonb(c) - 'generation')::text from read.checkpoints c where ledger = $1 and generation = $2
       order by 1`,
      [LEDGER, generation],
    );
    return found.rows;
  }

  function verification(): ReturnType<typeof verifyReadModels> {
    const db = database.pool('waybill_auditor');
    return verifyReadModels({ db, reader: new PostgresLedgerReader(db), decode: decodeBody }, LEDGER);
  }

  /** Appends a claim of schema version 1, byte for byte. */
  async function openClaim(position: number): Promise<void> {
    const samples = join(import.meta.dirname, '../../../libs/contracts/samples');
    await database.pool('waybill_owner').query(
      `insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
       values ($1, $2, 'claim/CL-Q3', 1, 'PublicClaimRecorded', '2024-01-24', $2, $3)`,
      [LEDGER, position, await readFile(join(samples, 'PublicClaimRecorded.v1.json'))],
    );
  }

  /** Appends `count` opening balances from position `from` on, the short way. */
  async function openStock(ledger: string, from: number, count: number): Promise<void> {
    const opening = { ledger, clock: 'system', currency: 'USD', title: null } as const;
    const command = { actor: 'someone', commandId: 'open', request: opening };
    if (from === 1) await openLedger(database.pool('waybill_writer'), { ...opening, ...command });
    const rows = Array.from({ length: count }, (_, index) => stock(ledger, from + index));
    await database.pool('waybill_owner').query(
      `insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
       select ledger, position, stream, 1, 'OpeningBalanceRecorded', '2024-01-01', position, convert_to(body, 'UTF8')
       from json_to_recordset($1) as event (ledger text, position bigint, stream text, body text)`,
      [JSON.stringify(rows)],
    );
  }
});

function stock(ledger: string, position: number): object {
  const lotId = `LOT-${position}`;
  const event: DecidedEvent<LedgerEvent> = {
    type: 'OpeningBalanceRecorded',
    stream: `lot/${lotId}`,
    data: { lotId, companyId: 'TESLA', siteId: 'AUSTIN', skuId: 'H100', quantity: 1 + (position % 40), energised: 0 },
    ...{ position, version: 1, schemaVersion: 1, effectiveAt: '2024-01-01' },
    ...{ actor: 'someone', actingFor: null, commandId: `c-${position}`, correlationId: `c-${position}` },
    ...{ causationId: null, reason: null, evidence: [] },
  };
  return { ledger, position, stream: event.stream, body: encodeBody(event) };
}
