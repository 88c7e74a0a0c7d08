import type { Queryable } from '#libs/event-store';
import { daysBetween } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { fundsReport } from '../funds/report.ts';
import { deliveryScheduleReport } from '../delivery-schedule/report.ts';
import { exposuresReport } from '../exposures/report.ts';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf } from '../fixtures/projection.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { STORY } from '../fixtures/redirected-h100s.ts';
import {
  activated,
  decided,
  delivered,
  legOf,
  proposed,
  redirectedOn,
  UNDERWAY,
} from '../fixtures/redirected-units.ts';
import { BUCKETS } from '../positions/movement.ts';
import { positionsReport } from '../positions/report.ts';
import { readAsCompanies } from '../read-as-companies.ts';
import { redirectionsReport } from '../redirections/report.ts';
import { breachesReport } from '../sites/breaches.ts';
import { idlenessReport } from '../sites/idleness.ts';
import { headroomReport } from '../sites/report.ts';
import { slippageReport } from '../slippage/report.ts';
import type { Eyes } from './comparison.ts';
import { differenceReport, type DifferenceItem, type DifferenceQuery, type DifferenceReport } from './report.ts';

const LEDGER = 'compared';
const SITES = ['TESLA', 'X', 'XAI'].flatMap((companyId) =>
  [0, 1].map((n) => ({ siteId: `${companyId}-${n}`, companyId, n })),
);

const founded = SITES.map(({ siteId, companyId, n }): MadeEvent => ({
  type: 'SiteRegistered',
  stream: `site/${siteId}`,
  effectiveAt: '2022-12-01',
  data: { siteId, companyId, kind: n === 0 ? 'datacenter' : 'warehouse', designUnits: 900, usableUnits: 60 },
}));

const reduced = SITES.map(({ siteId, companyId, n }): MadeEvent => ({
  type: 'CapacityUnavailable',
  stream: `site/${siteId}`,
  effectiveAt: '2024-01-15',
  data: { siteId, companyId, usableUnits: 5 * n, from: '2024-01-20', expectedReady: null, cause: 'construction' },
}));

const committed = (amountCents: number): MadeEvent => ({
  type: 'FundsCommitted',
  stream: 'funds/X',
  effectiveAt: amountCents % 2 === 0 ? '2024-01-05' : '2024-02-05',
  data: { companyId: 'X', orderId: 'PO-0', shipmentId: 'SH-0', amountCents },
});

const again = (dice: number, length: number, name: string): readonly MadeEvent[] =>
  randomHistory(diceOf(dice), length).map((event) => ({ ...event, stream: `${name}-${event.stream}` }));

const EVENTS: readonly MadeEvent[] = [
  ...founded,
  ...randomHistory(diceOf(31), 150),
  ...UNDERWAY,
  proposed('R-1', '2024-01-10', [legOf(1, 'X', 'XAI', 30), legOf(2, 'XAI', 'X', 20)]),
  {
    type: 'BudgetApproved',
    stream: 'funds/X',
    effectiveAt: '2023-01-01',
    data: { budgetId: 'B', companyId: 'X', limitCents: 9_000 },
  },
  committed(4_000),
  ...again(32, 90, 'second'),
  decided('RedirectionApproved', 'R-1', '2024-01-11', 'X'),
  activated('R-1', '2024-01-12'),
  ...reduced,
  delivered({ redirectionId: 'R-1', leg: 2 }, '2024-01-15', 7),
  committed(201),
  delivered({ redirectionId: 'R-1', leg: 2 }, '2024-01-25', 13),
  redirectedOn({ redirectionId: 'R-1', leg: 1 }, { redirectionId: 'R-2', leg: 1 }, '2024-01-14', 30),
  ...again(33, 90, 'third'),
];
const HEAD = EVENTS.length;

const MOVED: readonly MadeEvent[] = [
  STORY.ORDER_T,
  STORY.DISPATCHED_1,
  STORY.REDIRECTED_1,
  {
    type: 'EtaRevised',
    stream: 'shipment/SH-1',
    effectiveAt: '2023-12-14',
    data: {
      ...{ shipmentId: 'SH-1', orderId: 'PO-T1', trancheId: 'T1', skuId: 'H100', unitPriceCents: 4_200_000 },
      ...{ companyId: 'X', siteId: 'XDC', quantity: 12_000 },
      ...{ eta: '2024-01-10', previousExpectedDate: '2023-12-20', cause: 'carrier', slips: [] },
    },
  },
];

/** From, to, day, and the days of headroom and idleness where they are asked for. */
const SPANS: readonly (readonly [number, number, string | null, object])[] = [
  [0, HEAD, null, { headroomFrom: '2024-01-05' }],
  [120, 240, null, { headroomFrom: '2024-01-10', idleUntil: '2024-02-20' }],
  [160, HEAD, '2024-01-18', {}],
  [150, HEAD, null, {}],
];

let database: TestDatabase;
let db: Queryable;
let eyes: Eyes;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.pool('waybill_auditor');
  eyes = { own: db, whole: db, companyIds: null };
  await appendHistory(database, LEDGER, storedEvents(LEDGER, EVENTS));
  await projectorOf(database).catchUp(LEDGER);
}, 60_000);
afterAll(() => database.drop());

describe('the difference between two positions', () => {
  it.each(SPANS)('from %d to %d, of %s: %j, is that of every report', async (from, to, validAt, days) => {
    const report = await difference(from, to, { validAt, ...days, limit: 10_000 });
    const asked = { validAt, headroomFrom: report.headroomFrom ?? '', idleUntil: report.idleUntil ?? '' };
    const [olds, news] = [await toldBy({ ...asked, asOfPosition: from }), await toldBy({ ...asked, asOfPosition: to })];
    expect(tableOf(report.items)).toEqual(differing(olds, news));
    expect(report.items.length).toBeGreaterThan(60);
    expect(new Set(report.items.map((item) => item.report)).size).toBeGreaterThan(from === 150 ? 7 : 6);
  });

  it.each(SPANS)(
    'from %d to %d, of %s: %j, is the sum of its events, all of them between',
    async (from, to, validAt, days) => {
      const { items } = await difference(from, to, { validAt, ...days, limit: 10_000 });
      for (const { events, delta, otherAmount, hasMoreEvents, ...item } of items) {
        if (hasMoreEvents) continue;
        const sum =
          delta === null ? null : events.reduce((all, { amount }) => all + (amount === null ? NaN : Number(amount)), 0);
        expect([item, sum, otherAmount]).toEqual([item, delta, delta === null ? null : 0]);
        expect(events.every(({ position }) => position > from && position <= to)).toBe(true);
        expect(events.length).toBeGreaterThan(0);
      }
      expect(items.filter(({ hasMoreEvents }) => hasMoreEvents).length).toBeLessThan(items.length / 10);
    },
  );

  it('names for a date that moved the event that moved it, not the redirection that left it', async () => {
    await appendHistory(database, 'moved', storedEvents('moved', MOVED));
    await projectorOf(database).catchUp('moved');
    const of = (position: number) => ({ ledger: 'moved', position });
    const { items } = await differenceReport(eyes, { before: of(2), after: of(4) });
    const expected = items.find(({ figure }) => figure === 'expectedDate');
    expect(expected).toMatchObject({ companyId: 'X', before: '2023-12-20', after: '2024-01-10', delta: 21 });
    expect(expected?.events).toEqual([{ ledger: 'moved', position: 4, amount: 21 }]);
  });

  it('is nothing between a position and itself', async () => {
    expect(await difference(200, 200, {})).toMatchObject({ summaries: [], items: [], hasMore: false });
  });

  it('is the same bytes at any time, page by page in one order', async () => {
    const whole = await difference(150, HEAD, { limit: 10_000 });
    expect(JSON.stringify(await difference(150, HEAD, { limit: 10_000 }))).toBe(JSON.stringify(whole));
    const pages: DifferenceItem[] = [];
    for (let hasMore = true; hasMore;) {
      const page = await difference(150, HEAD, { skip: pages.length, limit: 77 });
      expect(page.summaries).toEqual(whole.summaries);
      pages.push(...page.items);
      ({ hasMore } = page);
    }
    expect(pages).toEqual(whole.items);
    const companies = whole.items.map(({ companyId }) => companyId ?? '~');
    expect(companies).toEqual(companies.toSorted());
  });

  it('of a SKU or a site leaves out what is of none, and keeps a line that fits on either side', async () => {
    const { items } = await difference(120, HEAD, { skuId: 'H100', limit: 10_000 });
    expect(items.every(({ skuId, redirectionId }) => skuId === 'H100' || redirectionId !== null)).toBe(true);
    expect(new Set(items.map(({ report }) => report))).not.toContain('funds');
    const atSite = await difference(120, HEAD, { siteId: 'X-1', limit: 10_000 });
    expect(new Set(atSite.items.map(({ report }) => report))).not.toContain('exposures');
    const left = atSite.items.filter(({ figure, before }) => figure === 'siteId' && before === 'X-1');
    expect(left.length).toBeGreaterThan(0);
    expect(atSite.items.every(({ siteId }) => siteId === null || siteId === 'X-1')).toBe(true);
  });

  it('shows a company its own, and tells of no other in words', async () => {
    const companyIds = ['TESLA'];
    const seen = await readAsCompanies(database.pool('waybill_query'), companyIds, (own) =>
      differenceReport({ own, whole: db, companyIds }, { ...between(150, HEAD), limit: 10_000 }),
    );
    const money = ['funds', 'positions', 'slippage', 'breaches', 'headroom', 'idleness'];
    const ofOne = seen.items.filter(({ report }) => money.includes(report));
    expect(new Set(ofOne.map(({ companyId }) => companyId))).toEqual(new Set(companyIds));
    const pairs = seen.items.filter(({ report }) => report === 'exposures');
    expect(pairs.every(({ debtorId, creditorId }) => debtorId === 'TESLA' || creditorId === 'TESLA')).toBe(true);
    expect(seen.summaries.map(({ companyId }) => companyId)).toEqual(companyIds);
    const whole = await difference(150, HEAD, { limit: 10_000 });
    const ofTesla = ({ report, companyId }: DifferenceItem) => money.includes(report) && companyId === 'TESLA';
    expect(ofOne).toEqual(whole.items.filter(ofTesla));
  });
});

function between(from: number, to: number): DifferenceQuery {
  return { before: { ledger: LEDGER, position: from }, after: { ledger: LEDGER, position: to } };
}

function difference(from: number, to: number, query: Partial<DifferenceQuery>): Promise<DifferenceReport> {
  return differenceReport(eyes, { ...between(from, to), ...query });
}

type Table = ReadonlyMap<string, number | string | null>;

interface Asked {
  readonly asOfPosition: number;
  readonly validAt: string | null;
  readonly headroomFrom: string;
  readonly idleUntil: string;
}

/** Every figure and fact as its own report tells it. */
async function toldBy({ asOfPosition, validAt, headroomFrom, idleUntil }: Asked): Promise<Table> {
  const moment = { asOfPosition, validAt };
  const sites = { ...moment, companyIds: null, from: headroomFrom };
  const told = new Map<string, number | string | null>();
  const tell = (names: readonly unknown[], value: unknown) =>
    told.set(names.join(' '), value as number | string | null);
  for (const { companyId, skuId, ...units } of (await positionsReport(db, LEDGER, moment)).items)
    for (const bucket of BUCKETS) tell(['positions', companyId, skuId, bucket], units[bucket]);
  for (const { debtorId, creditorId, skuId, units } of (await exposuresReport(db, LEDGER, moment)).items) {
    tell(['exposures', debtorId, creditorId, skuId], units);
    tell(['exposures', creditorId, debtorId, skuId], -Number(units));
  }
  for (const { companyId, ...cents } of (await fundsReport(db, LEDGER, moment)).items)
    for (const [figure, value] of Object.entries(cents)) tell(['funds', companyId, figure], value);
  for (const { companyId, skuId, cause, ...figures } of (await slippageReport(db, LEDGER, moment)).items)
    for (const [figure, value] of Object.entries(figures)) tell(['slippage', companyId, skuId, cause, figure], value);
  for (const { lineId, causes, ...line } of (await deliveryScheduleReport(db, LEDGER, { ...moment, limit: 10_000 }))
    .items) {
    for (const figure of FACTS) tell(['delivery-schedule', lineId, figure], line[figure]);
    for (const [cause, unitDays] of Object.entries(causes))
      tell(['delivery-schedule', lineId, 'causes', cause], unitDays);
  }
  for (const { redirectionId, status, legs } of (await redirectionsReport(db, LEDGER, moment)).items) {
    tell(['redirections', redirectionId, 'status'], status);
    for (const { leg, delivered: units, gone } of legs) {
      tell(['redirections', redirectionId, leg, 'delivered'], units);
      tell(['redirections', redirectionId, leg, 'gone'], gone);
    }
  }
  for (const { siteId, headroom } of (await headroomReport(db, LEDGER, sites)).items)
    tell(['headroom', siteId], headroom);
  for (const { siteId, units } of (await breachesReport(db, LEDGER, sites)).items) tell(['breaches', siteId], units);
  const idle = await idlenessReport(db, LEDGER, { asOfPosition, companyIds: null, until: idleUntil });
  for (const { siteId, unitDays } of idle.items) tell(['idleness', siteId], unitDays);
  return told;
}

const FACTS = [
  ...(['companyId', 'billedCompanyId', 'siteId', 'status', 'quantity', 'dateChanges'] as const),
  ...(['requestedDate', 'firstPromisedDate', 'promisedDate', 'expectedDate', 'actualDate'] as const),
] as const;

/** What differs, with its delta: figures that are not there are 0. */
function differing(olds: Table, news: Table): Readonly<Record<string, unknown>> {
  const names = [...new Set([...olds.keys(), ...news.keys()])].sort();
  const rows = names.flatMap((name) => {
    const isFigure = [olds.get(name), news.get(name)].some((value) => typeof value === 'number');
    const [before, after] = [olds, news].map((told) => told.get(name) ?? (isFigure ? 0 : null));
    if (before === after) return [];
    return [[name, [before, after, deltaOf(before, after)]] as const];
  });
  return Object.fromEntries(rows);
}

function deltaOf(before: unknown, after: unknown): number | null {
  if (typeof before === 'number' && typeof after === 'number') return after - before;
  const areDays = [before, after].every((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value));
  return areDays ? daysBetween(String(before), String(after)) : null;
}

/** The report in the spelling of `differing`; a debt from both ends, and a cause of slippage only where its report has it. */
function tableOf(items: readonly DifferenceItem[]): Readonly<Record<string, unknown>> {
  const rows = items.flatMap((item): (readonly [string, readonly unknown[]])[] => {
    const { report, figure, companyId, skuId, lineId, redirectionId, leg, cause, siteId, before, after, delta } = item;
    const row = [before, after, delta];
    switch (report) {
      case 'positions':
        return [[`${report} ${companyId} ${skuId} ${figure}`, row]];
      case 'exposures': {
        const { debtorId, creditorId } = item;
        const minus = row.map((value) => 0 - Number(value));
        return [
          [`${report} ${debtorId} ${creditorId} ${skuId}`, row],
          [`${report} ${creditorId} ${debtorId} ${skuId}`, minus],
        ];
      }
      case 'funds':
        return [[`${report} ${companyId} ${figure}`, row]];
      case 'slippage':
        return [[`${report} ${companyId} ${skuId} ${cause} ${figure}`, row]];
      case 'delivery-schedule':
        return [[[report, lineId, figure, ...(cause === null ? [] : [cause])].join(' '), row]];
      case 'redirections':
        return [[[report, redirectionId, ...(leg === null ? [] : [leg]), figure].join(' '), row]];
      default:
        return [[`${report} ${siteId}`, row]];
    }
  });
  return Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
