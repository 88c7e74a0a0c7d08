import { addDays, type Day } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import fc from 'fast-check';
import type pg from 'pg';
import { deliveryScheduleReport } from './delivery-schedule/report.ts';
import { ReadModelBehind } from './errors.ts';
import { foldedSchedule, knownAndTrue, summedPositions } from './fixtures/brute-force.ts';
import { appendHistory, storedEvents } from './fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from './fixtures/projection.ts';
import { diceOf } from './fixtures/dice.ts';
import { plainHistory } from './fixtures/plain-history.ts';
import { randomHistory } from './fixtures/random-history.ts';
import { STORY_EVENTS } from './fixtures/redirected-h100s.ts';
import { positionsReport } from './positions/report.ts';

let database: TestDatabase;
let auditor: pg.Pool;
let ledgers = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  auditor = database.pool('waybill_auditor');
});
afterAll(() => database.drop());

async function projected(events: Parameters<typeof storedEvents>[1], batchSize: number) {
  const ledger = `ledger-${(ledgers += 1)}`;
  const stored = storedEvents(ledger, events);
  await appendHistory(database, ledger, stored);
  await projectorOf(database, { batchSize }).catchUp(ledger);
  return { ledger, stored };
}

describe('a report as of any position and day', () => {
  it('is the fold of the events known there and true by then', async () => {
    let late = 0;
    const run = fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 60 }), async (seed, batchSize) => {
      const dice = diceOf(seed);
      const { ledger, stored } = await projected(randomHistory(dice, 100), batchSize);
      late += stored.filter(({ effectiveAt }, index) =>
        stored.slice(0, index).some((each) => each.effectiveAt > effectiveAt),
      ).length;
      const days: readonly (Day | null)[] = stored.map(({ effectiveAt }) => effectiveAt);
      for (let question = 0; question < 12; question += 1) {
        const asOfPosition = dice(stored.length + 1);
        const validAt = question % 3 === 0 ? null : addDays(days[dice(days.length)] ?? '2024-01-01', dice(3) - 1);
        const events = knownAndTrue(stored, asOfPosition, validAt);
        for (const bySite of [false, true]) {
          const { items } = await positionsReport(auditor, ledger, { asOfPosition, validAt, bySite });
          expect(items).toEqual(summedPositions(events, bySite));
        }
        const schedule = await deliveryScheduleReport(auditor, ledger, { asOfPosition, validAt });
        expect(schedule).toEqual({ asOfPosition, validAt, items: foldedSchedule(events), hasMore: false });
      }
    });
    await fc.assert(run, { numRuns: 12, endOnFailure: true });
    expect(late).toBeGreaterThan(100);
  }, 60_000);

  it('has figures that equal the sum of their contributions', async () => {
    const { ledger, stored } = await projected(randomHistory(diceOf(3), 150), 25);
    for (const position of [40, 90, stored.length]) {
      for (const day of ['2024-01-10', '2024-02-01', null]) {
        const { rows } = await auditor.query(
          `select line_id as "lineId", measure, sum(amount)::int as amount
           from read.delivery_contributions
           where ledger = $1 and position <= $2 and ($3::date is null or effective_on <= $3)
           group by 1, 2
           having sum(amount) <> 0
           order by 1, 2`,
          [ledger, position, day],
        );
        const { items } = await deliveryScheduleReport(auditor, ledger, { asOfPosition: position, validAt: day });
        const figures = items.flatMap(({ lineId, quantity, dateChanges, causes }) => [
          { lineId, measure: 'dateChanges', amount: dateChanges },
          { lineId, measure: 'quantity', amount: quantity },
          ...Object.entries(causes)
            .sort()
            .map(([cause, amount]) => ({ lineId, measure: `slip:${cause}`, amount })),
        ]);
        expect(figures.filter(({ amount }) => amount !== 0)).toEqual(rows);
      }
    }
  });

  it('books on each line slip days × units, unless units were short, rejected or over', async () => {
    const { ledger } = await projected(randomHistory(diceOf(5), 300), 50);
    const { items } = await deliveryScheduleReport(auditor, ledger);
    const whole = items.filter(({ status }) => status === 'confirmed' || status === 'inTransit');
    const slipped = whole.filter(({ slipDays }) => slipDays !== 0);
    expect(slipped.length).toBeGreaterThan(5);
    for (const { causes, slipDays, quantity, firstPromisedDate } of whole.filter((line) => line.firstPromisedDate)) {
      const unitDays = Object.values(causes).reduce((all, each) => all + each, 0);
      expect({ firstPromisedDate, unitDays }).toEqual({ firstPromisedDate, unitDays: slipDays * quantity });
    }
  });

  it.each([
    ['of stock', () => plainHistory(diceOf(21), 5_000)],
    ['of units due on days', () => [...randomHistory(diceOf(21), 400), ...plainHistory(diceOf(21), 4_000)]],
  ])(
    'reads across the ends of blocks %s',
    async (_, made) => {
      const { ledger, stored } = await projected(made(), 2_000);
      const day = stored[4_200]?.effectiveAt ?? null;
      for (const asOfPosition of [4_095, 4_096, 4_097, stored.length]) {
        for (const validAt of [null, day, stored[200]?.effectiveAt ?? null]) {
          const { items } = await positionsReport(auditor, ledger, { asOfPosition, validAt, bySite: true });
          expect(items).toEqual(summedPositions(knownAndTrue(stored, asOfPosition, validAt), true));
        }
      }
      expect((await verificationOf(database, ledger)).differences).toEqual([]);
    },
    60_000,
  );

  it('says the same in pages', async () => {
    const { ledger } = await projected(randomHistory(diceOf(2), 120), 50);
    const whole = await deliveryScheduleReport(auditor, ledger);
    const pages = [];
    let afterLineId: string | undefined;
    for (let hasMore = true; hasMore;) {
      const page = await deliveryScheduleReport(auditor, ledger, { afterLineId, limit: 7 });
      pages.push(...page.items);
      ({ hasMore } = page);
      afterLineId = page.items.at(-1)?.lineId;
    }
    expect(pages).toEqual(whole.items);
  });

  it('keeps what the filter names', async () => {
    const { ledger } = await projected(randomHistory(diceOf(6), 120), 50);
    const filter = { companyId: 'TESLA', skuId: 'H100', siteId: 'TESLA-1' };
    const positions = await positionsReport(auditor, ledger, { bySite: true });
    const kept = positions.items.filter(
      ({ companyId, skuId, siteId }) => companyId === 'TESLA' && skuId === 'H100' && siteId === 'TESLA-1',
    );
    expect(kept).toHaveLength(1);
    expect((await positionsReport(auditor, ledger, { bySite: true, ...filter })).items).toEqual(kept);
    const schedule = await deliveryScheduleReport(auditor, ledger);
    const lines = schedule.items.filter(
      ({ companyId, skuId, siteId }) => companyId === 'TESLA' && skuId === 'H100' && siteId === 'TESLA-1',
    );
    expect(lines.length).toBeGreaterThan(0);
    expect((await deliveryScheduleReport(auditor, ledger, filter)).items).toEqual(lines);
  });

  it('is refused while the read models have not come that far', async () => {
    const { ledger } = await projected(STORY_EVENTS, 50);
    const wanted = STORY_EVENTS.length + 1;
    await expect(positionsReport(auditor, ledger, { asOfPosition: wanted })).rejects.toEqual(
      new ReadModelBehind(ledger, wanted, STORY_EVENTS.length),
    );
  });

  it('is empty at position 0 for a ledger that nothing was projected of', async () => {
    expect(await positionsReport(auditor, 'nowhere')).toEqual({ asOfPosition: 0, validAt: null, items: [] });
  });

  it('gives sums beyond the safe integers as digits', async () => {
    const opening = STORY_EVENTS[0] as Extract<(typeof STORY_EVENTS)[number], { type: 'OpeningBalanceRecorded' }>;
    const most = { ...opening, data: { ...opening.data, quantity: Number.MAX_SAFE_INTEGER } };
    const { ledger } = await projected([most, most], 50);
    const { items } = await positionsReport(auditor, ledger);
    expect(items).toMatchObject([{ accepted: '18014398509481982', energised: 56_000 }]);
  });
});
