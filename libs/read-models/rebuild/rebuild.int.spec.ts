import type pg from 'pg';
import { PostgresLedgerReader, type StoredEvent } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { deliveryScheduleReport } from '../delivery-schedule/report.ts';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, appendMore, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { plainHistory } from '../fixtures/plain-history.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { decided, legOf, proposed, registered } from '../fixtures/redirected-units.ts';
import { rebuilt, rowsOfGeneration } from '../fixtures/rebuilding.ts';
import { STORY, STORY_EVENTS } from '../fixtures/redirected-h100s.ts';
import { positionsReport } from '../positions/report.ts';
import { ledgerProgress } from '../progress.ts';
import { readAsCompanies } from '../read-as-companies.ts';
import { dropGeneration } from './drop.ts';
import { ledgerSource } from './source.ts';

let database: TestDatabase;
let auditor: pg.Pool;
let ledgers = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  auditor = database.pool('waybill_auditor');
});
afterAll(() => database.drop());

/** A ledger of its own with `events`, projected as far as they can be. */
async function projected(events: Parameters<typeof storedEvents>[1]): Promise<string> {
  const ledger = `ledger-${(ledgers += 1)}`;
  await appendHistory(database, ledger, storedEvents(ledger, events));
  await projectorOf(database).catchUp(ledger);
  return ledger;
}

const CLAIM: MadeEvent = {
  type: 'PublicClaimRecorded',
  stream: 'claim/C',
  effectiveAt: '2024-04-23',
  data: {
    ...{ claimId: 'C', companyId: 'TESLA', skuId: null, metric: 'accepted', low: 1, high: 2 },
    ...{ statedOn: '2024-04-23', horizon: null, speaker: 'a person', source: 'a call', quote: 'one or two' },
  },
};

const REDIRECTION = [
  registered('X', null, null),
  proposed('SW', '2024-01-01', [legOf(1, 'TESLA', 'X', 10)]),
  decided('RedirectionApproved', 'SW', '2024-01-02', 'X'),
];

/** Of random orders and shipments, with a block of sums. */
function longHistory(seed: number): Parameters<typeof storedEvents>[1] {
  return [...randomHistory(diceOf(seed), 1_500), ...plainHistory(diceOf(seed), 4_000), ...REDIRECTION, CLAIM];
}

const sourceOf = (ledger: string) => ledgerSource(new PostgresLedgerReader(database.pool('waybill_projector')), ledger);

async function changeLiveRow(ledger: string): Promise<void> {
  const client = await superuser();
  const change = `update read.position_contributions set quantity = quantity + 1
                  where ledger = $1 and position = 1 and seq = 0`;
  expect((await client.query(change, [ledger])).rowCount).toBe(1);
  await client.end();
}

async function superuser(): Promise<pg.Client> {
  const { default: pgModule } = await import('pg');
  const client = new pgModule.Client({ connectionString: database.ownerUrl });
  await client.connect();
  return client;
}

describe('a rebuild from the ledger', () => {
  it('makes the rows of the live generation, byte for byte, switches and is on record', async () => {
    const events = longHistory(3);
    const ledger = await projected(events);
    const report = await rebuilt(database, ledger, { parts: { pageEvents: 700 } });
    expect(report).toMatchObject({
      outcome: 'switched',
      generation: 2,
      beside: 1,
      position: events.length,
      eventsFrom: { ledger: events.length, topic: 0 },
      differences: { count: 0, named: [] },
      halt: null,
    });
    const rows = await rowsOfGeneration(database, ledger, 2);
    expect(rows).toEqual(await rowsOfGeneration(database, ledger, 1));
    const filled = Object.entries(rows).flatMap(([table, { length }]) => (length > 0 ? [table] : []));
    expect(filled).toEqual(
      expect.arrayContaining(['position_contributions', 'delivery_versions', 'delivery_contributions', 'amounts']),
    );
    expect(await ledgerProgress(auditor, ledger)).toMatchObject({ generation: 2, position: events.length });
    const { rows: records } = await auditor.query(
      `select generation, beside, source, who, why, position::int, encode(digest, 'hex') as digest,
              events_from_ledger::int, events_from_topic::int, differences::int, switched_at = ended_at as switched
       from read.rebuilds where ledger = $1`,
      [ledger],
    );
    expect(records).toEqual([
      {
        ...{ generation: 2, beside: 1, source: 'ledger', who: 'ada', why: 'a trial', position: events.length },
        ...{ digest: report.digest, events_from_ledger: events.length, events_from_topic: 0 },
        ...{ differences: 0, switched: true },
      },
    ]);
  }, 60_000);

  it('goes on with the new generation, in projectors that knew the old one, though it was dropped', async () => {
    const all = storedEvents('followed', STORY_EVENTS);
    await appendHistory(database, 'followed', all.slice(0, 4));
    const seen: string[] = [];
    const observer = { overtaken: () => void seen.push('overtaken'), halted: () => void seen.push('halted') };
    const [early, late] = [projectorOf(database, { observer }), projectorOf(database, { observer })];
    await early.catchUp('followed');
    await late.catchUp('followed');
    await rebuilt(database, 'followed');
    await appendMore(database, all.slice(4));
    await early.offer('followed', all.slice(4));
    await dropGeneration(database.pool('waybill_projector'), 'followed', 1);
    await late.offer('followed', all.slice(4));
    expect(await late.checkpoint('followed')).toMatchObject({ position: all.length });
    expect(seen).toEqual(['overtaken', 'overtaken']);
    expect(await ledgerProgress(auditor, 'followed')).toMatchObject({ generation: 2, halt: null });
    expect(await verificationOf(database, 'followed')).toEqual({ position: all.length, differences: [] });
    expect(await rowsOfGeneration(database, 'followed', 1)).toMatchObject({ checkpoints: [], delivery_versions: [] });
  });

  it('loses and doubles nothing of what is appended and projected meanwhile, and readers see one or the other', async () => {
    const events = longHistory(5);
    const all = storedEvents('busy', events);
    await appendHistory(database, 'busy', all.slice(0, 2_000));
    const projectors = [projectorOf(database, { batchSize: 50 }), projectorOf(database, { batchSize: 70 })];
    await projectors[0]?.catchUp('busy');
    const state = { isOver: false };
    const positions: number[] = [];
    const appending = (async () => {
      for (let at = 2_000; at < all.length; at += 40) {
        await appendMore(database, all.slice(at, at + 40));
        await Promise.all(projectors.map((projector) => projector.catchUp('busy')));
      }
    })();
    const reading = (async () => {
      while (!state.isOver) positions.push(await soundPosition('busy'));
    })();
    const generations: number[] = [];
    while (generations.length < 3) generations.push((await rebuilt(database, 'busy')).generation);
    await appending;
    state.isOver = true;
    await reading;
    expect(generations).toEqual([2, 3, 4]);
    expect(positions).toEqual(positions.toSorted((left, right) => left - right));
    expect(new Set(positions).size).toBeGreaterThan(3);
    expect(await ledgerProgress(auditor, 'busy')).toMatchObject({ generation: 4, position: all.length });
    expect(await verificationOf(database, 'busy')).toEqual({ position: all.length, differences: [] });
  }, 90_000);

  it('shows what is wrong in the live rows, leaves them, and repairs them when told', async () => {
    const ledger = await projected(STORY_EVENTS);
    const sound = await rowsOfGeneration(database, ledger, 1);
    await changeLiveRow(ledger);
    const found = await rebuilt(database, ledger);
    expect(found).toMatchObject({ outcome: 'differs', generation: 2, differences: { count: 1 } });
    expect(found.differences.named).toEqual([expect.objectContaining({ table: 'position_contributions', key: '1 0' })]);
    expect(await ledgerProgress(auditor, ledger)).toMatchObject({ generation: 1 });
    const repaired = await rebuilt(database, ledger, { order: { switchAnyway: true } });
    expect(repaired).toMatchObject({ outcome: 'switched', generation: 3, beside: 1, differences: { count: 1 } });
    expect(await rowsOfGeneration(database, ledger, 3)).toEqual(sound);
    expect(await rowsOfGeneration(database, ledger, 2)).toMatchObject({ checkpoints: [] });
    expect(await verificationOf(database, ledger)).toMatchObject({ differences: [] });
  });

  it.each([
    [
      'a row of an event that was not read',
      `insert into read.delivery_contributions
       select generation, ledger, 99, seq, line_id, measure, effective_on, amount, audience
       from read.delivery_contributions where ledger = $1 and position = 2 and seq = 0`,
      'delivery_contributions 99 0',
    ],
    ['what was read', 'update read.checkpoints set digest = sha256(digest) where ledger = $1', 'checkpoints L'],
    ['a checkpoint beyond the ledger', 'update read.checkpoints set position = 99 where ledger = $1', 'checkpoints L'],
  ])('names %s', async (_, statement, named) => {
    const ledger = await projected(STORY_EVENTS);
    const client = await superuser();
    expect((await client.query(statement, [ledger])).rowCount).toBe(1);
    await client.end();
    const { outcome, differences } = await rebuilt(database, ledger);
    expect(outcome).toBe('differs');
    const found = differences.named.map(({ table, key }) => `${table} ${key.replace(ledger, 'L')}`);
    expect(found).toEqual([named]);
  });

  it('begins anew after one that was killed in the middle', async () => {
    const ledger = await projected(longHistory(8));
    const source = sourceOf(ledger);
    let reads = 0;
    const dying = {
      ...source,
      read: (...range: Parameters<typeof source.read>) => {
        if ((reads += 1) === 4) throw new Error('killed');
        return source.read(...range);
      },
    };
    await expect(rebuilt(database, ledger, { parts: { source: dying, pageEvents: 500 } })).rejects.toThrow('killed');
    expect((await rowsOfGeneration(database, ledger, 2))['checkpoints']).toHaveLength(1);
    expect(await rebuilt(database, ledger)).toMatchObject({ outcome: 'switched', generation: 3 });
    expect((await rowsOfGeneration(database, ledger, 2))['checkpoints']).toHaveLength(0);
    expect(await rowsOfGeneration(database, ledger, 3)).toEqual(await rowsOfGeneration(database, ledger, 1));
  }, 60_000);

  it('is alone: a second one is refused while it runs', async () => {
    const ledger = await projected(STORY_EVENTS);
    const outcomes = await Promise.allSettled([rebuilt(database, ledger), rebuilt(database, ledger)]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ code: 'REBUILD_UNDER_WAY' })]);
    expect(await ledgerProgress(auditor, ledger)).toMatchObject({ generation: 2 });
  });

  it('stops before the poison event that the live generation stops before, and switches', async () => {
    const { DISPATCHED_1, OPENING, ORDER_X } = STORY;
    const ledger = await projected([OPENING, ORDER_X, DISPATCHED_1]);
    expect(await rebuilt(database, ledger)).toMatchObject({
      ...{ outcome: 'switched', position: 2, halt: { position: 3, code: 'LINE_UNKNOWN' } },
    });
    expect(await ledgerProgress(auditor, ledger)).toMatchObject({
      ...{ generation: 2, position: 2, halt: { position: 3, code: 'LINE_UNKNOWN' } },
    });
  });

  it('never switches to a generation that stops before an event the live one has', async () => {
    const ledger = await projected(STORY_EVENTS);
    const source = sourceOf(ledger);
    const spoil = (event: StoredEvent) => (event.position === 4 ? { ...event, body: Buffer.from('{') } : event);
    const spoiling = {
      ...source,
      read: async (...range: Parameters<typeof source.read>) => (await source.read(...range)).map(spoil),
    };
    const report = await rebuilt(database, ledger, { parts: { source: spoiling }, order: { switchAnyway: true } });
    expect(report).toMatchObject({ outcome: 'halted', position: 3, halt: { position: 4, code: 'EVENT_UNDECODABLE' } });
    expect(await ledgerProgress(auditor, ledger)).toMatchObject({ generation: 1, halt: null });
  });

  it('builds to the end of the ledger where nothing was projected yet', async () => {
    await appendHistory(database, 'fresh', storedEvents('fresh', STORY_EVENTS));
    expect(await rebuilt(database, 'fresh')).toMatchObject({ outcome: 'switched', position: STORY_EVENTS.length });
    expect(await verificationOf(database, 'fresh')).toEqual({ position: STORY_EVENTS.length, differences: [] });
  });

  it('holds companies to their rows', async () => {
    const ledger = await projected(longHistory(13).slice(0, 600));
    const seenBy = (company: string) =>
      readAsCompanies(database.pool('waybill_query'), [company], async (db) => ({
        positions: await positionsReport(db, ledger, { bySite: true }),
        schedule: await deliveryScheduleReport(db, ledger, { limit: 5_000 }),
        rows: (await db.query('select from read.delivery_versions where ledger = $1 and generation = 2', [ledger]))
          .rowCount,
      }));
    const before = await seenBy('TESLA');
    await rebuilt(database, ledger);
    const after = await seenBy('TESLA');
    expect(after).toEqual({ ...before, rows: expect.any(Number) });
    const all = await rowsOfGeneration(database, ledger, 2);
    expect(after.rows).toBeGreaterThan(0);
    expect(after.rows).toBeLessThan(all['delivery_versions']?.length ?? 0);
    const unnamed = await database.pool('waybill_query').query('select from read.delivery_versions');
    expect(unnamed.rowCount).toBe(0);
  });
});

describe('dropping a generation', () => {
  it('leaves the live one alone, and says what is not there', async () => {
    const ledger = await projected(STORY_EVENTS);
    await rebuilt(database, ledger);
    const pool = database.pool('waybill_projector');
    await expect(dropGeneration(pool, ledger, 2)).rejects.toMatchObject({ code: 'GENERATION_LIVE' });
    await dropGeneration(pool, ledger, 1);
    await expect(dropGeneration(pool, ledger, 1)).rejects.toMatchObject({ code: 'GENERATION_UNKNOWN' });
    expect(await verificationOf(database, ledger)).toEqual({ position: STORY_EVENTS.length, differences: [] });
  });
});

describe('the comparison', () => {
  it('looks at every column of every table that has generations', async () => {
    const { GENERATION_TABLES } = await import('./compare.ts');
    const { rows } = await auditor.query<{ name: string; columns: string[] }>(
      `select table_name as name, array_agg(column_name::text order by column_name) as columns
       from information_schema.columns
       where table_schema = 'read' and table_name not in ('generations', 'checkpoints', 'completeness', 'halts', 'halt_releases', 'rebuilds')
         and column_name not in ('generation', 'ledger')
       group by table_name order by table_name`,
    );
    const compared = GENERATION_TABLES.map(({ name, key, others }) => ({ name, columns: [...key, ...others].sort() }));
    expect(compared.toSorted((left, right) => (left.name < right.name ? -1 : 1))).toEqual(rows);
  });
});

/** Where a report stands, after a look at whether its figures are those of that position alone. */
async function soundPosition(ledger: string): Promise<number> {
  const { asOfPosition, items } = await positionsReport(auditor, ledger);
  const again = await positionsReport(auditor, ledger, { asOfPosition });
  expect(items).toEqual(again.items);
  return asOfPosition;
}
