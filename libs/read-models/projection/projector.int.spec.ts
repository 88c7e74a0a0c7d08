import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { appendHistory, storedEvents } from '../fixtures/ledger-pages.ts';
import { STORY_EVENTS } from '../fixtures/redirected-h100s.ts';
import { deliveryScheduleReport } from '../delivery-schedule/report.ts';
import { positionsReport } from '../positions/report.ts';
import { Projector } from './projector.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('x', async () => {
  const events = storedEvents('story', STORY_EVENTS);
  await appendHistory(database.pool('waybill_writer'), 'story', events);
  const pool = database.pool('waybill_projector');
  const projector = new Projector({ pool, reader: new PostgresLedgerReader(pool), decode: decodeBody });
  console.log(await projector.catchUp('story'));
  const auditor = database.pool('waybill_auditor');
  console.log((await positionsReport(auditor, 'story', { bySite: true })).items);
  console.log((await deliveryScheduleReport(auditor, 'story')).items);
});
