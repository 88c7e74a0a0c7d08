import type { Id } from '#libs/kernel';
import type { Queryable } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { claimsReport } from '../claims/report.ts';
import { deliveryScheduleReport } from '../delivery-schedule/report.ts';
import { exposuresReport } from '../exposures/report.ts';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf } from '../fixtures/projection.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { activated, delivered, legOf, proposed, redirectedOn, UNDERWAY } from '../fixtures/redirected-units.ts';
import { redirectionsReport } from '../redirections/report.ts';
import { fundsReport } from '../funds/report.ts';
import { BUCKETS } from '../positions/movement.ts';
import { positionsReport } from '../positions/report.ts';
import { readAsCompanies } from '../read-as-companies.ts';
import { idlenessReport } from '../sites/idleness.ts';
import { siteLoadReport } from '../sites/report.ts';
import { slippageReport } from '../slippage/report.ts';
import { lineageReport, type LineageReport } from './report.ts';
import { lineageFaults, type LineageSubject } from './subject.ts';

const LEDGER = 'traced';
const SITES = ['TESLA', 'X', 'XAI'].flatMap((companyId) =>
  [0, 1].map((n) => ({ siteId: `${companyId}-${n}`, companyId, n })),
);

const founded = SITES.map(({ siteId, companyId, n }): MadeEvent => {
  const data = {
    siteId,
    companyId,
    kind: n === 0 ? ('datacenter' as const) : ('warehouse' as const),
    designUnits: 900,
    usableUnits: 60,
  };
  return { type: 'SiteRegistered', stream: `site/${siteId}`, effectiveAt: '2022-12-01', data };
});

const reduced = SITES.map(({ siteId, companyId, n }): MadeEvent => {
  const data = {
    siteId,
    companyId,
    usableUnits: 5 * n,
    from: '2024-01-20',
    expectedReady: null,
    cause: 'construction',
  };
  return { type: 'CapacityUnavailable', stream: `site/${siteId}`, effectiveAt: '2024-01-15', data };
});

const money = (
  type: 'FundsCommitted' | 'FundsConsumed' | 'FundsReleased',
  companyId: Id,
  amountCents: number,
): MadeEvent => ({
  type,
  stream: `funds/${companyId}`,
  effectiveAt: amountCents % 2 === 0 ? '2024-01-05' : '2024-02-05',
  data: { companyId, orderId: 'PO-0', shipmentId: 'SH-0', amountCents },
});

const claim = (
  claimId: Id,
  metric: 'accepted' | 'energised' | 'supplyBy' | 'spendCents',
  skuId: Id | null,
): MadeEvent => ({
  type: 'PublicClaimRecorded',
  stream: `claim/${claimId}`,
  effectiveAt: '2024-02-01',
  data: {
    ...{ claimId, companyId: 'X', skuId, metric, low: 1, high: 2, statedOn: '2024-01-20' },
    ...{ horizon: '2024-02-01', speaker: 'a person', source: 'a call', quote: 'so many' },
  },
});

const redirected: readonly MadeEvent[] = [
  ...UNDERWAY,
  proposed('R-1', '2024-01-10', [legOf(1, 'X', 'XAI', 30), legOf(2, 'XAI', 'X', 20)]),
  activated('R-1', '2024-01-12'),
  delivered({ redirectionId: 'R-1', leg: 2 }, '2024-01-15', 7),
  delivered({ redirectionId: 'R-1', leg: 2 }, '2024-01-25', 5),
  redirectedOn({ redirectionId: 'R-1', leg: 1 }, { redirectionId: 'R-2', leg: 1 }, '2024-01-14', 11),
];

const EVENTS: readonly MadeEvent[] = [
  ...founded,
  {
    type: 'BudgetApproved',
    stream: 'funds/X',
    effectiveAt: '2023-01-01',
    data: { budgetId: 'B', companyId: 'X', limitCents: 9_000 },
  },
  ...randomHistory(diceOf(23), 260),
  money('FundsCommitted', 'X', 4_000),
  money('FundsConsumed', 'X', 1_001),
  money('FundsReleased', 'X', 200),
  ...reduced,
  ...redirected,
  ...[claim('C-1', 'accepted', 'H100'), claim('C-2', 'energised', null), claim('C-3', 'supplyBy', 'H100')],
  claim('C-4', 'spendCents', null),
  ...randomHistory(diceOf(24), 140).map((event) => ({ ...event, stream: `later-${event.stream}` })),
];

const MOMENTS = [
  { asOfPosition: EVENTS.length, validAt: null },
  { asOfPosition: EVENTS.length, validAt: '2024-01-18' },
  { asOfPosition: 200, validAt: null },
] as const;

let database: TestDatabase;
let db: Queryable;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.pool('waybill_auditor');
  await appendHistory(database, LEDGER, storedEvents(LEDGER, EVENTS));
  await projectorOf(database).catchUp(LEDGER);
}, 60_000);
afterAll(() => database.drop());

describe('the lineage of a figure', () => {
  it.each(MOMENTS)('adds up to every figure of positions, exposures, funds and slippage as of %j', async (moment) => {
    const positions = await positionsReport(db, LEDGER, moment);
    for (const { companyId, skuId, ...figures } of positions.items) {
      for (const figure of [...BUCKETS, 'owedTo', 'owedBy'] as const)
        await expectTotal(moment, { report: 'positions', figure, companyId, skuId }, figures[figure]);
    }
    const bySite = await positionsReport(db, LEDGER, { ...moment, bySite: true });
    for (const { companyId, skuId, siteId, ...figures } of bySite.items.filter((each) => each.siteId !== null)) {
      for (const figure of BUCKETS)
        await expectTotal(
          moment,
          { report: 'positions', figure, companyId, skuId, siteId: siteId ?? '' },
          figures[figure],
        );
    }
    for (const { units, ...pair } of (await exposuresReport(db, LEDGER, moment)).items)
      await expectTotal(moment, { report: 'exposures', figure: 'units', ...pair }, units);
    for (const { companyId, ...figures } of (await fundsReport(db, LEDGER, moment)).items) {
      for (const [figure, cents] of Object.entries(figures).filter(([, value]) => value !== null))
        await expectTotal(moment, { report: 'funds', figure, companyId }, cents);
    }
    for (const { companyId, skuId, cause, ...figures } of (await slippageReport(db, LEDGER, moment)).items) {
      for (const [figure, value] of Object.entries(figures))
        await expectTotal(moment, { report: 'slippage', figure, companyId, skuId, cause }, value);
    }
    expect(bySite.items.length).toBeGreaterThan(5);
  });

  it.each(MOMENTS)('adds up to every line of the schedule as of %j', async (moment) => {
    const { items } = await deliveryScheduleReport(db, LEDGER, { ...moment, limit: 60 });
    for (const { lineId, quantity, dateChanges, causes } of items) {
      await expectTotal(moment, { report: 'delivery-schedule', figure: 'quantity', lineId }, quantity);
      await expectTotal(moment, { report: 'delivery-schedule', figure: 'dateChanges', lineId }, dateChanges);
      for (const [cause, unitDays] of Object.entries(causes))
        await expectTotal(moment, { report: 'delivery-schedule', figure: 'causes', lineId, cause }, unitDays);
    }
    expect(items.length).toBeGreaterThan(10);
  });

  it.each(MOMENTS)('adds up to every day of every site as of %j', async (moment) => {
    const query = { ...moment, companyIds: null, from: '2024-01-10', to: '2024-02-20' };
    const { items } = await siteLoadReport(db, LEDGER, query);
    for (const { siteId, day, ...figures } of items.filter((_, index) => index % 9 === 0)) {
      for (const [figure, value] of Object.entries(figures))
        await expectTotal(moment, { report: 'site-load', figure, siteId, day }, value);
    }
    expect(items.some(({ headroom, inbound }) => headroom < 0 && inbound > 0)).toBe(true);
  });

  it.each(MOMENTS)('adds up to what became of each leg of a redirection as of %j', async (moment) => {
    const { items } = await redirectionsReport(db, LEDGER, moment);
    for (const { redirectionId, legs } of items) {
      for (const { leg, delivered: units, gone } of legs) {
        await expectTotal(moment, { report: 'redirections', figure: 'delivered', redirectionId, leg }, units);
        await expectTotal(moment, { report: 'redirections', figure: 'gone', redirectionId, leg }, gone);
      }
    }
    const figures = items.flatMap(({ legs }) => legs.map((leg) => [leg.delivered, leg.gone]));
    const ofTheDay = moment.validAt === null ? 12 : 7;
    expect(figures).toEqual(
      moment.asOfPosition === 200
        ? []
        : [
            [0, 11],
            [ofTheDay, 0],
          ],
    );
  });

  it('adds up to idleness and to what the ledger says to claims', async () => {
    for (const asOfPosition of [EVENTS.length, 200]) {
      for (const until of ['2024-01-25', '2024-03-01']) {
        const { items } = await idlenessReport(db, LEDGER, { asOfPosition, companyIds: null, until });
        for (const { siteId, unitDays } of items)
          await expectTotal({ asOfPosition }, { report: 'idleness', figure: 'unitDays', siteId, until }, unitDays);
        expect(items.some(({ unitDays }) => Number(unitDays) > 0)).toBe(true);
      }
    }
    const { items } = await claimsReport(db, LEDGER);
    expect(items.map(({ ledger }) => Number(ledger) > 0)).toEqual([true, true, true, true]);
    for (const { claimId, ledger, atStatedOn, now } of items) {
      await expectTotal({}, { report: 'claims', figure: 'ledger', claimId }, ledger);
      await expectTotal({}, { report: 'claims', figure: 'atStatedOn', claimId }, atStatedOn);
      await expectTotal({}, { report: 'claims', figure: 'now', claimId }, now);
    }
  });

  it('shows a company its own side of a debt, no bucket of another, and the sites it may ask about', async () => {
    const [debt] = (await exposuresReport(db, LEDGER)).items;
    if (debt === undefined) throw new Error('nobody owes anything');
    const { units, ...pair } = debt;
    for (const companyId of [pair.debtorId, pair.creditorId]) {
      const subject = { report: 'exposures', figure: 'units', ...pair } as const;
      const seen = await readAsCompanies(database.pool('waybill_query'), [companyId], (own) =>
        lineageReport(own, LEDGER, { subject, companyIds: null }),
      );
      expect(seen.total).toBe(units);
    }
    const subject = { report: 'positions', figure: 'accepted', companyId: 'TESLA', skuId: 'H100' } as const;
    const seen = await readAsCompanies(database.pool('waybill_query'), ['X'], (own) =>
      lineageReport(own, LEDGER, { subject, companyIds: null }),
    );
    expect(seen).toMatchObject({ total: 0, items: [] });
    const site = { report: 'site-load', figure: 'standing', siteId: 'X-0', day: '2024-03-01' } as const;
    expect((await lineageReport(db, LEDGER, { subject: site, companyIds: ['TESLA'] })).items).toEqual([]);
    expect((await lineageReport(db, LEDGER, { subject: site, companyIds: ['X'] })).items).not.toEqual([]);
  });
});

/** The lineage of `subject`, page by page, sums to `figure`, is in order, and says so itself. */
async function expectTotal(moment: object, subject: LineageSubject, figure: number | string | null): Promise<void> {
  expect([...lineageFaults(subject)]).toEqual([]);
  const pages: LineageReport[] = [];
  let afterPosition = 0;
  do {
    pages.push(await lineageReport(db, LEDGER, { ...moment, subject, companyIds: null, afterPosition, limit: 20 }));
    afterPosition = pages.at(-1)?.items.at(-1)?.position ?? 0;
  } while (pages.at(-1)?.hasMore === true);
  const items = pages.flatMap((page) => page.items);
  const sum = items.reduce((all, { amount }) => all + Number(amount), 0);
  expect([subject, sum, pages[0]?.total]).toEqual([subject, figure, figure]);
  expect(items.every(({ position }, index) => position > (items[index - 1]?.position ?? 0))).toBe(true);
}
