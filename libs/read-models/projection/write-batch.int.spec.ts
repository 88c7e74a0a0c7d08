import type { StoredEvent } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { rebuilt } from '../fixtures/rebuilding.ts';
import { STORY } from '../fixtures/redirected-h100s.ts';

const AWKWARD = 'a\ttab, a\nline, \\N, "quoted", {brace}, ünïcode 😀, NULL';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function opened(ledger: string, events: readonly MadeEvent[]): Promise<readonly StoredEvent[]> {
  const stored = storedEvents(ledger, events);
  await appendHistory(database, ledger, stored);
  return stored;
}

/** JSON has half of a surrogate pair in six letters; no text of PostgreSQL has it. */
function withHalfAPair(event: StoredEvent): StoredEvent {
  return { ...event, body: Buffer.from(event.body.toString('utf8').replaceAll('"H100"', '"H\\ud83d"')) };
}

describe('the rows of a batch', () => {
  it('are the same whether a few are written at once or many are copied', async () => {
    const claim: MadeEvent = {
      ...{ type: 'PublicClaimRecorded', stream: 'claim/C-1', effectiveAt: '2024-06-04' },
      data: {
        ...{ claimId: 'C-1', companyId: 'TESLA', skuId: null, metric: 'accepted', low: 35_000, high: 85_000 },
        ...{ statedOn: '2024-06-04', horizon: null, speaker: AWKWARD, source: AWKWARD, quote: AWKWARD },
      },
    };
    const events = await opened('both', [...randomHistory(diceOf(11), 600), claim]);
    const projector = projectorOf(database, { batchSize: 7 });
    for (const event of events) await projector.offer('both', [event]);
    expect(await verificationOf(database, 'both')).toEqual({ position: events.length, differences: [] });
    const report = await rebuilt(database, 'both');
    expect(report).toMatchObject({ outcome: 'switched', position: events.length, differences: { count: 0 } });
    const { rows } = await database
      .pool('waybill_auditor')
      .query(`select generation, speaker, quote from read.claims where ledger = 'both' order by generation`);
    expect(rows).toEqual([1, 2].map((generation) => ({ generation, speaker: AWKWARD, quote: AWKWARD })));
  }, 60_000);

  it('are not written by who comes second, when they are copied', async () => {
    const events = await opened('raced', randomHistory(diceOf(7), 400));
    const overtaken: number[] = [];
    const observer = { overtaken: (_: string, { position }: { position: number }) => void overtaken.push(position) };
    const racers = [1, 2, 3].map(() => projectorOf(database, { observer }));
    await Promise.all(racers.map((racer) => racer.offer('raced', events)));
    expect(overtaken).toEqual([events.length, events.length]);
    expect(await verificationOf(database, 'raced')).toEqual({ position: events.length, differences: [] });
  });

  it.each([
    ['copied', 0],
    ['written at once', 1],
  ])('are refused for a text that PostgreSQL cannot hold: %s', async (_, position) => {
    const ledger = `refused-${position}`;
    const sound = await opened(ledger, [STORY.OPENING, STORY.ORDER_T, STORY.ORDER_X]);
    const events = sound.map((event, index) => (index === position ? withHalfAPair(event) : event));
    const codes: string[] = [];
    const projector = projectorOf(database, { observer: { halted: (_ledger, { code }) => void codes.push(code) } });
    for (const event of events.slice(0, position)) await projector.offer(ledger, [event]);
    expect(await projector.offer(ledger, events)).toMatchObject({ position });
    expect(codes).toEqual([expect.stringMatching(/^SQLSTATE_22/)]);
  });
});
