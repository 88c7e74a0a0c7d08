import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { claimsReport } from '../claims/report.ts';
import { appendHistory, storedEvents, type MadeEvent } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { lineageReport } from '../lineage/report.ts';
import { fundsReport } from './report.ts';

/** What 2^53 − 1 units cost at as much each: beyond any bigint. */
const GREAT = '81129638414606663681390495662081';
const MOST = Number.MAX_SAFE_INTEGER;

const of = (companyId: string) => ({ stream: `funds/${companyId}`, effectiveAt: '2024-01-10' });
const money = { companyId: 'TESLA', orderId: 'PO-1', shipmentId: 'S1' };
const EVENTS: readonly MadeEvent[] = [
  ...[1, 2, 3].map((n): MadeEvent => {
    return {
      ...of('TESLA'),
      type: 'BudgetApproved',
      data: { budgetId: `B${n}`, companyId: 'TESLA', limitCents: MOST },
    };
  }),
  { ...of('TESLA'), type: 'FundsCommitted', data: { ...money, shipmentId: null, amountCents: GREAT } },
  { ...of('TESLA'), type: 'FundsConsumed', data: { ...money, amountCents: GREAT } },
  { ...of('TESLA'), type: 'FundsCommitted', data: { ...money, shipmentId: null, amountCents: MOST } },
  {
    ...{ type: 'FundsMoved', stream: 'redirection/R1', effectiveAt: '2024-01-11' },
    data: {
      redirectionId: 'R1',
      moves: [
        { companyId: 'TESLA', deltaCents: `-${GREAT}` },
        { companyId: 'X', deltaCents: GREAT },
      ],
    },
  },
  {
    ...{ type: 'PublicClaimRecorded', stream: 'claim/C-1', effectiveAt: '2024-01-12' },
    data: {
      ...{ claimId: 'C-1', companyId: 'X', skuId: null, metric: 'spendCents', low: 1, high: MOST },
      ...{ statedOn: '2024-01-12', horizon: null, speaker: 'a person', source: 'a call', quote: 'so many' },
    },
  },
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await appendHistory(database, 'great', storedEvents('great', EVENTS));
  await projectorOf(database).catchUp('great');
});
afterAll(() => database.drop());

const auditor = () => database.pool('waybill_auditor');
const committedCents = String(BigInt(MOST) - BigInt(GREAT));

describe('amounts beyond the safe integers', () => {
  it('are summed to the cent', async () => {
    expect((await fundsReport(auditor(), 'great')).items).toEqual([
      {
        ...{ companyId: 'TESLA', limitCents: '27021597764222973', committedCents, consumedCents: GREAT },
        headroomCents: String(2n * BigInt(MOST)),
      },
      { companyId: 'X', limitCents: null, committedCents: GREAT, consumedCents: 0, headroomCents: null },
    ]);
    const before = await fundsReport(auditor(), 'great', { validAt: '2024-01-10' });
    expect(before.items).toMatchObject([{ committedCents: MOST, consumedCents: GREAT }]);
  });

  it('are what their lineage sums to, and what a claim is held against', async () => {
    const { total, items } = await lineageReport(auditor(), 'great', {
      ...{ subject: { report: 'funds', figure: 'committedCents', companyId: 'TESLA' }, companyIds: null },
    });
    expect(total).toBe(committedCents);
    expect(items.map(({ amount }) => amount)).toEqual([GREAT, `-${GREAT}`, MOST, `-${GREAT}`]);
    const { items: claims } = await claimsReport(auditor(), 'great');
    expect(claims).toMatchObject([{ ledger: GREAT, gap: String(BigInt(GREAT) - BigInt(MOST)) }]);
  });

  it('are verified against the ledger, row by row', async () => {
    expect((await verificationOf(database, 'great')).differences).toEqual([]);
  });
});
