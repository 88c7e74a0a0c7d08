import { breaches, headroomUnits, ledgerDecider, siteById, type LedgerState } from '#libs/domain';
import { addDays, type Day, type DecidedEvent } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { decodeBody } from '#libs/contracts';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { breachesReport } from './breaches.ts';
import { idlenessReport } from './idleness.ts';
import { headroomReport, siteLoadReport } from './report.ts';

const LEDGER = 'sited';
const ALL = { companyIds: null };
const SITES = ['TESLA', 'X', 'XAI'].flatMap((companyId) =>
  [0, 1].map((n) => [`${companyId}-${n}`, companyId] as const),
);
const founded: readonly MadeEvent[] = SITES.map(([siteId, companyId], n) => ({
  type: 'SiteRegistered',
  stream: `site/${siteId}`,
  effectiveAt: '2022-12-01',
  data: { siteId, companyId, kind: n % 2 === 0 ? 'datacenter' : 'warehouse', designUnits: 9_000, usableUnits: 500 },
}));

/** Capacity that goes and comes back, notices that cancel what was planned, overloads that end. */
const changes: readonly MadeEvent[] = SITES.flatMap(([siteId, companyId], n): readonly MadeEvent[] => {
  const stream = `site/${siteId}`;
  const at = (days: number) => addDays('2024-02-01', days + n);
  return [
    {
      type: 'CapacityRestored',
      stream,
      effectiveAt: at(0),
      data: { siteId, companyId, usableUnits: 900, from: at(90) },
    },
    {
      type: 'CapacityUnavailable',
      stream,
      effectiveAt: at(5),
      data: { siteId, companyId, usableUnits: 90 * n, from: at(20), expectedReady: at(40), cause: 'construction' },
    },
    {
      type: 'CapacityRestored',
      stream,
      effectiveAt: at(9),
      data: { siteId, companyId, usableUnits: 700, from: at(60) },
    },
    {
      type: 'OverloadAllowed',
      stream,
      effectiveAt: at(10),
      data: { overrideId: `OV-${siteId}`, siteId, companyId, units: 40, until: at(33), reason: 'a week' },
    },
  ];
});

const history = randomHistory(diceOf(7), 4_700);
const EVENTS = [...founded, ...history.slice(0, 2_000), ...changes, ...history.slice(2_000)];
const POSITIONS = [3, 1_500, 2_010, 2_030, 4_096, EVENTS.length];
const DAYS: readonly Day[] = ['2023-01-05', '2024-02-20', '2024-05-01'];

let database: TestDatabase;
const decided: DecidedEvent<MadeEvent>[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  const stored = storedEvents(LEDGER, EVENTS);
  decided.push(...stored.map((event) => decodeBody(event) as DecidedEvent<MadeEvent>));
  await appendHistory(database, LEDGER, stored);
  await projectorOf(database).catchUp(LEDGER);
}, 60_000);
afterAll(() => database.drop());

const stateAt = (position: number): LedgerState =>
  decided.slice(0, position).reduce((state, event) => ledgerDecider.evolve(state, event), ledgerDecider.initial);
const auditor = () => database.pool('waybill_auditor');

describe('the reports of sites', () => {
  it('say what the capacity gate would, at any position and from any day', async () => {
    for (const asOfPosition of POSITIONS) {
      const state = stateAt(asOfPosition);
      for (const from of DAYS) {
        const { items } = await headroomReport(auditor(), LEDGER, { ...ALL, asOfPosition, from });
        const expected = SITES.flatMap(([siteId, companyId]) => {
          const site = siteById(state, siteId);
          return site === undefined ? [] : [{ siteId, companyId, headroom: headroomUnits(site, from) }];
        });
        expect([asOfPosition, from, items]).toEqual([asOfPosition, from, expected]);
        const found = (await breachesReport(auditor(), LEDGER, { ...ALL, asOfPosition, from })).items;
        expect(found.map(({ siteId, units }) => ({ siteId, units }))).toEqual(breaches(state.sites, from));
      }
    }
  });

  it('show the load of each day, whose least headroom is the one reported, and name what made a breach', async () => {
    const from = '2024-02-20';
    const { items } = await siteLoadReport(auditor(), LEDGER, { ...ALL, from, to: addDays(from, 4_500) });
    const found = (await breachesReport(auditor(), LEDGER, { ...ALL, from })).items;
    expect(found.length).toBeGreaterThan(2);
    for (const { siteId, units, from: first, worstDay, causedBy } of found) {
      const days = items.filter((item) => item.siteId === siteId);
      expect(days).toHaveLength(4_501);
      expect(-Math.min(...days.map(({ headroom }) => headroom))).toBe(units);
      expect(days.find(({ headroom }) => headroom < 0)?.day).toBe(first);
      expect(days.find(({ headroom }) => headroom === -units)?.day).toBe(worstDay);
      for (const { standing, atDock, inbound, usableUnits, headroom } of days) {
        expect(usableUnits - standing - atDock - inbound).toBe(headroom);
      }
      expect(causedBy.reduce((sum, cause) => sum + cause.units, 0)).toBeGreaterThanOrEqual(units);
      expect(causedBy.every(({ position }) => EVENTS[position - 1] !== undefined)).toBe(true);
    }
  });

  it('count idle unit-days day by day', async () => {
    for (const [asOfPosition, until] of [
      [EVENTS.length, '2024-06-01'],
      [2_020, '2024-03-15'],
    ] as const) {
      const { items } = await idlenessReport(auditor(), LEDGER, { ...ALL, asOfPosition, until });
      const state = stateAt(asOfPosition);
      const expected = SITES.map(([siteId, companyId]) => ({
        siteId,
        companyId,
        unitDays: idleDays(state, siteId, asOfPosition, until),
      }));
      expect(items).toEqual(expected);
      expect(items.some(({ unitDays }) => unitDays !== 0)).toBe(true);
    }
  });

  it('belong to the company of the site, and are what a fold of the ledger gives', async () => {
    const { items } = await headroomReport(auditor(), LEDGER, { companyIds: ['X'] });
    expect(items.map(({ siteId }) => siteId)).toEqual(['X-0', 'X-1']);
    expect(await verificationOf(database, LEDGER)).toEqual({ position: EVENTS.length, differences: [] });
  });
});

/** The long way. */
function idleDays(state: LedgerState, siteId: string, upTo: number, until: Day): number {
  const site = siteById(state, siteId);
  const stood = decided.slice(0, upTo).flatMap(({ type, data, effectiveAt }) => {
    if (type === 'ReceiptAccepted' && data.siteId === siteId) return [{ effectiveAt, units: data.accepted }];
    return type === 'OpeningBalanceRecorded' && data.siteId === siteId ? [{ effectiveAt, units: data.quantity }] : [];
  });
  let sum = 0;
  for (let day = '2022-12-01'; day < until; day = addDays(day, 1)) {
    const standing = stood.reduce((units, each) => (each.effectiveAt <= day ? units + each.units : units), 0);
    const usable = site?.capacity.findLast(({ from }) => from <= day)?.usableUnits ?? 0;
    sum += Math.max(0, site?.kind === 'warehouse' ? standing : standing - usable);
  }
  return sum;
}
