import { decodeBody } from '#libs/contracts';
import type { StoredEvent } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { knownAndTrue } from '../fixtures/brute-force.ts';
import { diceOf } from '../fixtures/dice.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { positionMovements } from '../positions/fold.ts';
import type { Movement } from '../positions/movement.ts';
import { readAsCompanies } from '../read-as-companies.ts';
import { claimsReport, type ClaimItem } from './report.ts';
import type { ClaimRow } from './table.ts';

const claimOf = (claimId: string, claim: Partial<ClaimRow>): MadeEvent => {
  const said = { speaker: 'a person', source: 'a call', quote: 'so many' };
  const about = { companyId: 'TESLA', skuId: 'H100', metric: 'accepted', low: 10, high: 20 } as const;
  const days = { statedOn: '2024-01-20', horizon: null };
  const data = { claimId, ...said, ...about, ...days, ...claim };
  return { type: 'PublicClaimRecorded', stream: `claim/${claimId}`, effectiveAt: '2024-02-01', data };
};

const committed = (companyId: string, effectiveAt: string, amountCents: number): MadeEvent => ({
  type: 'FundsCommitted',
  stream: `funds/${companyId}`,
  effectiveAt,
  data: { companyId, orderId: 'PO-0', shipmentId: null, amountCents },
});

const HISTORY = randomHistory(diceOf(17), 300);
const CLAIMS = [
  claimOf('A-1', {}),
  claimOf('A-2', { skuId: null, low: 0, high: 100_000 }),
  claimOf('E-1', { metric: 'energised', companyId: 'X', low: 100_000, high: 100_000 }),
  claimOf('E-2', { metric: 'energised', companyId: 'XAI', statedOn: '2023-06-01', low: 0, high: 0 }),
  claimOf('S-1', { metric: 'supplyBy', horizon: '2024-01-31', low: 1, high: 2 }),
  claimOf('S-2', { metric: 'supplyBy', horizon: '2024-12-31', companyId: 'X', skuId: null, statedOn: '2024-01-10' }),
  claimOf('M-1', { metric: 'spendCents', companyId: 'XAI', low: 1_000, high: 2_000, statedOn: '2024-01-10' }),
];
const EVENTS: readonly MadeEvent[] = [
  ...HISTORY,
  committed('XAI', '2024-01-05', 300),
  committed('XAI', '2024-01-15', 500),
  committed('X', '2024-01-05', 7_000),
  ...CLAIMS,
  ...randomHistory(diceOf(18), 60).map((event) => ({ ...event, stream: `later-${event.stream}` })),
];

let database: TestDatabase;
let stored: readonly StoredEvent[];

beforeAll(async () => {
  database = await createTestDatabase();
  stored = storedEvents('claimed', EVENTS);
  await appendHistory(database, 'claimed', stored);
  await projectorOf(database).catchUp('claimed');
});
afterAll(() => database.drop());

const auditor = () => database.pool('waybill_auditor');
const LAST_CLAIM = HISTORY.length + 3 + CLAIMS.length;

describe('claims', () => {
  it.each([LAST_CLAIM, LAST_CLAIM + 30, EVENTS.length])(
    'say what the events known at %s add up to, on the day stated and on all days',
    async (asOfPosition) => {
      const { items } = await claimsReport(auditor(), 'claimed', { asOfPosition });
      expect(items).toHaveLength(CLAIMS.length);
      for (const item of items) {
        const figures = [item.statedOn, null].map((day) => figureOf(item, knownAndTrue(stored, asOfPosition, day)));
        expect([item.claimId, item.atStatedOn, item.now]).toEqual([item.claimId, ...figures]);
      }
      expect(items.filter(({ atStatedOn, now }) => atStatedOn !== now).length).toBeGreaterThan(4);
    },
  );

  it('speak of the day stated, but of all days for supply and spending', async () => {
    const { items } = await claimsReport(auditor(), 'claimed');
    for (const { metric, ledger, atStatedOn, now } of items) {
      expect(ledger).toBe(['accepted', 'energised'].includes(metric) ? atStatedOn : now);
    }
    expect(items.find(({ claimId }) => claimId === 'M-1')).toMatchObject({ ledger: 800, atStatedOn: 300, gap: -200 });
  });

  it('have the gap below the low, above the high, and none between', async () => {
    const { items } = await claimsReport(auditor(), 'claimed');
    const signs = items.map(({ ledger, low, high, gap }) => {
      const units = Number(ledger);
      expect(gap).toBe(units < low ? units - low : units > high ? units - high : 0);
      return Math.sign(Number(gap));
    });
    expect(new Set(signs)).toEqual(new Set([-1, 0, 1]));
  });

  it('are not there before they were recorded', async () => {
    const { items } = await claimsReport(auditor(), 'claimed', { asOfPosition: LAST_CLAIM - 2 });
    expect(items.map(({ claimId }) => claimId)).toEqual(['A-1', 'A-2', 'E-1', 'E-2', 'S-1']);
  });

  it('are seen by the company they are about, with the same figures', async () => {
    const { items } = await claimsReport(auditor(), 'claimed');
    const query = database.pool('waybill_query');
    for (const company of ['TESLA', 'X', 'XAI']) {
      const seen = await readAsCompanies(query, [company], (db) => claimsReport(db, 'claimed'));
      expect(seen.items).toEqual(items.filter(({ companyId }) => companyId === company));
      expect(seen.items.length).toBeGreaterThan(1);
      const kept = await claimsReport(auditor(), 'claimed', { companyId: company });
      expect(kept.items).toEqual(seen.items);
    }
    const nobody = await readAsCompanies(query, [], (db) => db.query('select from read.claims'));
    expect(nobody.rowCount).toBe(0);
  });

  it('say the same in pages, and keep the SKU that is named', async () => {
    const { items } = await claimsReport(auditor(), 'claimed');
    const first = await claimsReport(auditor(), 'claimed', { limit: 4 });
    const rest = await claimsReport(auditor(), 'claimed', { limit: 4, afterClaimId: first.items.at(-1)?.claimId });
    expect([first.hasMore, rest.hasMore]).toEqual([true, false]);
    expect([...first.items, ...rest.items]).toEqual(items);
    const ofSku = await claimsReport(auditor(), 'claimed', { skuId: 'H100' });
    expect(ofSku.items).toEqual(items.filter(({ skuId }) => skuId === 'H100'));
  });

  it('are verified against the ledger, row by row', async () => {
    expect((await verificationOf(database, 'claimed')).differences).toEqual([]);
  });
});

function figureOf({ metric, companyId, skuId, horizon }: ClaimItem, events: readonly StoredEvent[]): number {
  const decoded = events.map(decodeBody);
  if (metric === 'spendCents') {
    return decoded.reduce(
      (sum, { type, data }) =>
        type === 'FundsCommitted' && data.companyId === companyId ? sum + Number(data.amountCents) : sum,
      0,
    );
  }
  const counts = ({ bucket, ...movement }: Movement): boolean => {
    if (metric !== 'supplyBy') return bucket === metric;
    const due = 'dueOn' in movement ? movement.dueOn : null;
    const isDue = typeof due === 'string' && horizon !== null && due <= horizon;
    return ['accepted', 'atDock'].includes(bucket) || (['open', 'inTransit'].includes(bucket) && isDue);
  };
  return decoded
    .flatMap(positionMovements)
    .filter((each) => each.companyId === companyId && (skuId === null || each.skuId === skuId) && counts(each))
    .reduce((sum, { quantity }) => sum + quantity, 0);
}
