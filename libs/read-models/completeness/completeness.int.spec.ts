import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, appendMore, storedEvents } from '../fixtures/ledger-pages.ts';
import { plainHistory } from '../fixtures/plain-history.ts';
import { projectorOf } from '../fixtures/projection.ts';
import { completenessOf } from './compare.ts';
import { generationStandings } from './generations.ts';
import { lookAtCompleteness } from './look.ts';
import { CompletenessWatch } from './watch.ts';

describe('what read models have read', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  const history = (ledger: string, length: number) => storedEvents(ledger, plainHistory(diceOf(5), length));
  const standingOf = async (ledger: string) =>
    (await generationStandings(pool)).filter((standing) => standing.ledger === ledger);

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = database.pool('waybill_projector');
  });
  afterAll(() => database.drop());

  it('is proved by a digest that depends on the events alone, not on how they were cut into batches', async () => {
    for (const [ledger, batchSize] of Object.entries({ large: 2_000, small: 7 })) {
      const events = history('same', 500).map((event) => ({ ...event, ledger }));
      await appendHistory(database, ledger, events);
      await projectorOf(database, { batchSize }).catchUp(ledger);
    }
    const [large, small] = [await completenessOf(pool, 'large'), await completenessOf(pool, 'small')];
    expect(large).toMatchObject({ position: 500, code: null, ledgerEvents: 500 });
    expect(small.digests).toEqual(large.digests);
  });

  it('is compared on from the last look, and the last sound position stays when the ledger is another then', async () => {
    const events = history('looked-at', 30);
    await appendHistory(database, 'looked-at', events.slice(0, 20));
    await projectorOf(database).catchUp('looked-at');
    expect(await standingOf('looked-at')).toMatchObject([
      { generation: 1, isLive: true, position: 20, verifiedPosition: 0, lookedAtMs: null, differs: false },
    ]);
    expect(await lookAtCompleteness(pool, 'looked-at')).toMatchObject({ code: null, position: 20, ledgerEvents: 20 });
    await appendMore(database, events.slice(20));
    await projectorOf(database).catchUp('looked-at');
    expect(await lookAtCompleteness(pool, 'looked-at')).toMatchObject({ code: null, position: 30, ledgerEvents: 10 });
    expect(await standingOf('looked-at')).toMatchObject([{ position: 30, verifiedPosition: 30, differs: false }]);
    await appendMore(database, history('looked-at', 40).slice(30));
    await projectorOf(database).catchUp('looked-at');
    await asSuperuser("update ledger.events set body = body || ' ' where ledger = 'looked-at' and position = 35");
    expect(await lookAtCompleteness(pool, 'looked-at')).toMatchObject({ code: 'READ_MODEL_INCOMPLETE', position: 40 });
    expect(await standingOf('looked-at')).toMatchObject([{ position: 40, verifiedPosition: 30, differs: true }]);
  });

  it('is looked at by a watch, once for all processes, which tells of a difference', async () => {
    await appendHistory(database, 'watched', history('watched', 20));
    await projectorOf(database).catchUp('watched');
    await asSuperuser("delete from ledger.events where ledger = 'watched' and position = 20");
    const told: string[] = [];
    const observer = { incomplete: (ledger: string) => void told.push(ledger) };
    for (let process = 1; process <= 2; process += 1) {
      const watch = new CompletenessWatch(pool, observer, 60_000);
      watch.start();
      while ((await standingOf('watched'))[0]?.differs !== true) await new Promise((wake) => setTimeout(wake, 20));
      await watch.stop();
    }
    expect(told.filter((ledger) => ledger === 'watched')).toEqual(['watched']);
    expect(await standingOf('watched')).toMatchObject([{ position: 20, verifiedPosition: 0, differs: true }]);
  });

  it('is counted anew by the migration where an earlier release had another digest', async () => {
    await appendHistory(database, 'migrated', history('migrated', 20));
    await projectorOf(database).catchUp('migrated');
    await asSuperuser("update read.checkpoints set digest = sha256(digest) where ledger = 'migrated'");
    expect(await completenessOf(pool, 'migrated')).toMatchObject({ code: 'READ_MODEL_INCOMPLETE' });
    const migration = path.resolve(import.meta.dirname, '../sql/0011_chained_checkpoints.sql');
    await database.pool('waybill_owner').query(await readFile(migration, 'utf8'));
    expect(await completenessOf(pool, 'migrated')).toMatchObject({ code: null, position: 20 });
  });

  async function asSuperuser(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      await client.query('set session_replication_role = replica');
      expect((await client.query(statement)).rowCount).toBe(1);
    } finally {
      await client.end();
    }
  }
});
