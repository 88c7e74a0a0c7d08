import { decodeBody, encodeBody } from '#libs/contracts';
import { ledgerDecider, type LedgerCommand, type LedgerState } from '#libs/domain';
import { LedgerWriters, openLedger, type CommandSink } from '#libs/event-store';
import type { Day } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { deliveryScheduleReport } from './delivery-schedule/report.ts';
import { projectorOf, verificationOf } from './fixtures/projection.ts';
import { positionsReport } from './positions/report.ts';
import { ProgressWatch } from './progress-watch.ts';

const LEDGER = 'redirected-h100s';
const H100 = { skuId: 'H100' } as const;
const PRICE = { unitPriceCents: 4_200_000 } as const;

/** A step of the story: who does what on which day, and the units of each company right after it. */
type Step = readonly [no: number, at: Day, by: string, command: LedgerCommand, expected?: Expected];
type Expected = Readonly<Record<string, Readonly<Record<string, number>>>>;

const company = (companyId: string, name: string, kind: 'buyer' | 'supplier' = 'buyer'): LedgerCommand => ({
  type: 'RegisterCompany',
  companyId,
  name,
  kind,
  headquartersCountry: 'US',
});
const site = (siteId: string, companyId: string, designUnits: number, usableUnits: number): LedgerCommand => ({
  type: 'RegisterSite',
  siteId,
  companyId,
  kind: siteId === 'WH1' ? 'warehouse' : 'datacenter',
  designUnits,
  usableUnits,
});
const screening = (companyId: string): LedgerCommand => ({
  type: 'RecordScreening',
  companyId,
  ruleset: 'US-EAR-2023-10',
  outcome: 'pass',
  validUntil: '2024-12-31',
});
const approval = (companyId: string): LedgerCommand => ({
  type: 'ApproveRedirection',
  redirectionId: 'SW-1',
  companyId,
});
const confirmation = (orderId: string, trancheId: string, promisedDate: Day): LedgerCommand => ({
  type: 'ConfirmTranche',
  orderId,
  trancheId,
  promisedDate,
});

const STEPS: readonly Step[] = [
  [1, '2023-09-01', 'admin', company('NVIDIA', 'Nvidia', 'supplier')],
  [2, '2023-09-01', 'admin', company('TESLA', 'Tesla')],
  [3, '2023-09-01', 'admin', company('X', 'X')],
  [4, '2023-09-01', 'admin', company('XAI', 'xAI')],
  [5, '2023-09-01', 'admin', { type: 'RegisterSku', ...H100, name: 'Nvidia H100 80GB SXM', wattsPerUnit: 700 }],
  [6, '2023-09-01', 'tesla-site', site('PALO', 'TESLA', 30_000, 29_000)],
  [7, '2023-09-01', 'tesla-site', site('AUSTIN', 'TESLA', 50_000, 50_000)],
  [8, '2023-09-01', 'tesla-site', site('WH1', 'TESLA', 20_000, 20_000)],
  [9, '2023-09-01', 'x-site', site('XDC', 'X', 20_000, 20_000)],
  [10, '2023-09-01', 'xai-site', site('MEMPHIS', 'XAI', 100_000, 0)],
  [
    11,
    '2023-09-01',
    'tesla-site',
    {
      type: 'RecordOpeningBalance',
      companyId: 'TESLA',
      siteId: 'PALO',
      ...H100,
      lotId: 'OPEN-TESLA',
      quantity: 29_000,
      energised: 29_000,
    },
    { TESLA: { open: 0, inTransit: 0, accepted: 29_000, energised: 29_000 } },
  ],
  [
    12,
    '2023-09-01',
    'tesla-cfo',
    { type: 'ApproveBudget', budgetId: 'TESLA-2024', companyId: 'TESLA', limitCents: 400_000_000_000 },
  ],
  [
    13,
    '2023-09-01',
    'x-cfo',
    { type: 'ApproveBudget', budgetId: 'X-2024', companyId: 'X', limitCents: 100_000_000_000 },
  ],
  [
    14,
    '2023-09-05',
    'tesla-buyer',
    {
      type: 'PlaceOrder',
      orderId: 'PO-T1',
      companyId: 'TESLA',
      supplierId: 'NVIDIA',
      ...H100,
      tranches: [{ trancheId: 'T1', quantity: 12_000, ...PRICE, requestedDate: '2023-12-20', siteId: 'AUSTIN' }],
    },
    { TESLA: { open: 0, inTransit: 0, accepted: 29_000, energised: 29_000 } },
  ],
  [
    16,
    '2023-09-06',
    'tesla-cfo',
    { type: 'ApproveOrder', orderId: 'PO-T1' },
    { TESLA: { open: 12_000, inTransit: 0, accepted: 29_000 } },
  ],
  [
    17,
    '2023-09-10',
    'x-buyer',
    {
      type: 'PlaceOrder',
      orderId: 'PO-X1',
      companyId: 'X',
      supplierId: 'NVIDIA',
      ...H100,
      tranches: [
        { trancheId: 'J', quantity: 6_000, ...PRICE, requestedDate: '2024-01-31', siteId: 'XDC' },
        { trancheId: 'K', quantity: 6_000, ...PRICE, requestedDate: '2024-06-30', siteId: 'XDC' },
      ],
    },
  ],
  [
    18,
    '2023-09-11',
    'x-cfo',
    { type: 'ApproveOrder', orderId: 'PO-X1' },
    { X: { open: 12_000, inTransit: 0, accepted: 0 } },
  ],
  [19, '2023-09-20', 'nvidia-desk', confirmation('PO-T1', 'T1', '2023-12-20')],
  [20, '2023-09-20', 'nvidia-desk', confirmation('PO-X1', 'J', '2024-01-31')],
  [21, '2023-09-20', 'nvidia-desk', confirmation('PO-X1', 'K', '2024-06-30')],
  [
    22,
    '2023-12-05',
    'nvidia-desk',
    {
      type: 'DispatchShipment',
      shipmentId: 'SH-1',
      orderId: 'PO-T1',
      trancheId: 'T1',
      quantity: 12_000,
      eta: '2023-12-20',
    },
    { TESLA: { open: 0, inTransit: 12_000, accepted: 29_000 } },
  ],
  [
    23,
    '2023-12-08',
    'tesla-site',
    {
      type: 'ReportCapacityUnavailable',
      siteId: 'AUSTIN',
      usableUnits: 0,
      from: '2023-12-08',
      expectedReady: '2024-07-15',
      cause: 'construction',
    },
  ],
  [
    24,
    '2023-12-11',
    'tesla-logistics',
    {
      type: 'ProposeRedirection',
      redirectionId: 'SW-1',
      reason: 'Deploy the H100 cluster at X first; Austin cannot take delivery',
      legs: [
        { shipmentId: 'SH-1', toCompanyId: 'X', toSiteId: 'XDC' },
        { orderId: 'PO-X1', trancheId: 'J', toCompanyId: 'TESLA', toSiteId: 'WH1' },
        { orderId: 'PO-X1', trancheId: 'K', toCompanyId: 'TESLA', toSiteId: 'WH1' },
      ],
    },
    { TESLA: { open: 0, inTransit: 12_000, accepted: 29_000 } },
  ],
  [26, '2023-12-12', 'tesla-cfo', approval('TESLA')],
  [28, '2023-12-12', 'compliance', screening('X')],
  [29, '2023-12-12', 'compliance', screening('TESLA')],
  [
    30,
    '2023-12-13',
    'x-cfo',
    approval('X'),
    { TESLA: { open: 12_000, inTransit: 0, accepted: 29_000 }, X: { open: 0, inTransit: 12_000, accepted: 0 } },
  ],
  [
    31,
    '2023-12-20',
    'x-site',
    { type: 'ReceiveShipment', shipmentId: 'SH-1', siteId: 'XDC', counted: 12_000 },
    { X: { open: 0, inTransit: 0, accepted: 0, atDock: 12_000 } },
  ],
  [
    32,
    '2023-12-20',
    'x-site',
    { type: 'AcceptReceipt', shipmentId: 'SH-1', accepted: 12_000 },
    { X: { open: 0, inTransit: 0, accepted: 12_000, atDock: 0, owedBy: 12_000 }, TESLA: { owedTo: 12_000, owedBy: 0 } },
  ],
  [
    33,
    '2024-01-22',
    'nvidia-desk',
    {
      type: 'DispatchShipment',
      shipmentId: 'SH-2',
      orderId: 'PO-X1',
      trancheId: 'J',
      quantity: 6_000,
      eta: '2024-01-31',
    },
    { TESLA: { open: 6_000, inTransit: 6_000, accepted: 29_000 } },
  ],
  [34, '2024-01-31', 'tesla-site', { type: 'ReceiveShipment', shipmentId: 'SH-2', siteId: 'WH1', counted: 5_990 }],
  [
    35,
    '2024-01-31',
    'tesla-site',
    { type: 'AcceptReceipt', shipmentId: 'SH-2', accepted: 5_990 },
    {
      TESLA: { open: 6_000, inTransit: 0, accepted: 34_990, energised: 29_000, short: 10, owedTo: 6_010, owedBy: 0 },
      X: { owedTo: 0, owedBy: 6_010 },
    },
  ],
  [36, '2024-02-10', 'compliance', screening('XAI')],
];

describe('the story of the redirected H100s', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('has the right positions after each step, and again as of each step', async () => {
    const pool = database.pool('waybill_writer');
    const opening = { ledger: LEDGER, clock: 'simulated', currency: 'USD', title: null } as const;
    await openLedger(pool, { ...opening, actor: 'admin', commandId: 'open', request: opening });
    const codec = { encode: encodeBody, decode: decodeBody };
    const writers = new LedgerWriters({ pool, decider: ledgerDecider, codec, clock: { todayMs: () => 0 } });
    const projector = projectorOf(database);
    const auditor = database.pool('waybill_auditor');
    const watch = new ProgressWatch(auditor);
    const asOf: { no: number; position: number; items: unknown }[] = [];

    for (const [no, at, by, command, expected = {}] of STEPS) {
      const position = await played(writers, no, at, by, command);
      void projector.catchUp(LEDGER);
      expect(await watch.waitForPosition(LEDGER, position, 5_000)).toBe(position);
      const { items } = await positionsReport(auditor, LEDGER, { asOfPosition: position });
      for (const [companyId, units] of Object.entries(expected)) {
        expect({ no, ...items.find((item) => item.companyId === companyId) }).toMatchObject({
          no,
          companyId,
          ...units,
        });
      }
      asOf.push({ no, position, items });
    }
    await writers.stop();
    await projector.idle();

    for (const { no, position, items } of asOf) {
      const again = await positionsReport(auditor, LEDGER, { asOfPosition: position });
      expect({ no, items: again.items }).toEqual({ no, items });
    }
    expect(await accepted('2024-01-30')).toBe(29_000);
    expect(await accepted('2024-01-31')).toBe(34_990);
    expect((await verificationOf(database, LEDGER)).differences).toEqual([]);
  }, 60_000);

  it('has a delivery schedule that says who ordered, who got what and when', async () => {
    const { items } = await deliveryScheduleReport(database.pool('waybill_auditor'), LEDGER);
    const lines = items.map((line) => [
      line.lineId,
      `${line.orderingCompanyId}>${line.companyId}`,
      line.siteId,
      line.status,
      line.quantity,
      line.actualDate ?? line.expectedDate,
      line.slipDays,
    ]);
    expect(lines).toEqual([
      ['PO-T1/T1', 'TESLA>TESLA', 'AUSTIN', 'dispatched', 0, '2023-12-20', 0],
      ['PO-T1/T1/SH-1', 'TESLA>X', 'XDC', 'accepted', 12_000, '2023-12-20', 0],
      ['PO-X1/J', 'X>TESLA', 'WH1', 'dispatched', 0, '2024-01-31', 0],
      ['PO-X1/J/SH-2', 'X>TESLA', 'WH1', 'accepted', 5_990, '2024-01-31', 0],
      ['PO-X1/K', 'X>TESLA', 'WH1', 'confirmed', 6_000, '2024-06-30', 0],
    ]);
  });

  async function accepted(validAt: Day): Promise<unknown> {
    const { items } = await positionsReport(database.pool('waybill_auditor'), LEDGER, { validAt, companyId: 'TESLA' });
    return items[0]?.accepted;
  }
});

/** Submits a step that must be accepted; answers the ledger's position after it. */
async function played(
  writers: CommandSink<LedgerState, LedgerCommand>,
  no: number,
  at: Day,
  by: string,
  command: LedgerCommand,
): Promise<number> {
  const { answer } = await writers.submit({
    ledger: LEDGER,
    command,
    commandId: `step-${no}`,
    actor: by,
    correlationId: `step-${no}`,
    causationId: null,
    effectiveAt: at,
    recordedOn: null,
    reason: null,
    evidence: [],
    request: command,
    scope: () => null,
  });
  if (answer.outcome !== 'accepted') throw new Error(`step ${no}: ${answer.code}`);
  return answer.position;
}
