import { createTestDatabase, type TestDatabase } from '#libs/testing';
import pg from 'pg';
import { ReadModelBehind } from './errors.ts';
import { appendHistory, storedEvents } from './fixtures/ledger-pages.ts';
import { projectorOf } from './fixtures/projection.ts';
import { STORY_EVENTS } from './fixtures/redirected-h100s.ts';
import { ProgressWatch } from './progress-watch.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe('waiting for a position', () => {
  it('ends for all who wait as soon as the read models have it', async () => {
    const events = storedEvents('awaited', STORY_EVENTS);
    await appendHistory(database, 'awaited', events);
    const watch = new ProgressWatch(database.pool('waybill_query'));
    const waits = Promise.all([3, 5, 5, 7].map((position) => watch.waitForPosition('awaited', position, 10_000)));
    const projector = projectorOf(database);
    await projector.offer('awaited', events.slice(0, 5));
    await projector.offer('awaited', events.slice(5, 8));
    for (const position of await waits) expect(position).toBeGreaterThanOrEqual(5);
    expect(await watch.waitForPosition('awaited', 8, 0)).toBe(8);
  });

  it('is given up after its time, with where the read models stand', async () => {
    const watch = new ProgressWatch(database.pool('waybill_query'));
    await expect(watch.waitForPosition('nowhere', 3, 40)).rejects.toEqual(new ReadModelBehind('nowhere', 3, 0));
  });

  it('fails with what the database says', async () => {
    const nobody = new pg.Pool({ connectionString: database.url('waybill_query').replace('waybill_query', 'nobody') });
    await expect(new ProgressWatch(nobody).waitForPosition('awaited', 99, 1_000)).rejects.toMatchObject({
      code: '28000',
    });
    await nobody.end();
  });
});
