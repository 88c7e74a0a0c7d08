import { brokenTrades, type TradedFact } from './trading-conservation.ts';

const BUDGET = { type: 'BudgetApproved', data: { companyId: 'X', limitCents: 1_000 } };
const PLACED = {
  type: 'OrderPlaced',
  data: { orderId: 'PO', companyId: 'X', tranches: [{ quantity: 10, unitPriceCents: 100 }] },
};
const APPROVED = { type: 'OrderApproved', data: { orderId: 'PO', companyId: 'X' } };
const COMMITTED = { type: 'FundsCommitted', data: { companyId: 'X', orderId: 'PO', amountCents: 1_000 } };
const DISPATCHED = { type: 'ShipmentDispatched', data: { orderId: 'PO', shipmentId: 'SH', quantity: 10 } };
const RECEIVED = { type: 'ShipmentReceived', data: { shipmentId: 'SH', shipped: 10, counted: 9, short: 1, over: 0 } };
const ACCEPTED = {
  type: 'ReceiptAccepted',
  data: { shipmentId: 'SH', accepted: 9, rejected: 0, unitPriceCents: 100 },
};
const CONSUMED = { type: 'FundsConsumed', data: { orderId: 'PO', shipmentId: 'SH', amountCents: 900 } };
const WHOLE: readonly TradedFact[] = [
  ...[BUDGET, PLACED, APPROVED, COMMITTED, DISPATCHED, RECEIVED, ACCEPTED, CONSUMED],
];

describe('units and money, counted again from the events', () => {
  it('add up over a whole order', () => {
    expect(brokenTrades(WHOLE)).toEqual([]);
  });

  it.each([
    ['PO: placed twice', PLACED],
    ['PO: approved twice', APPROVED],
    ['SH: dispatched twice', DISPATCHED],
    ['PO: 20 shipped of 10', DISPATCHED],
    ['SH: received twice', RECEIVED],
    ['SH: accepted twice', ACCEPTED],
    ['SH: 1800 cents consumed', CONSUMED],
    ['PO: 2000 cents committed', COMMITTED],
    ['X: 2000 cents committed, more than approved', COMMITTED],
  ])('say %s', (violation, again) => {
    expect(brokenTrades([...WHOLE, again])).toContain(violation);
  });

  it.each([
    ['PO: never placed', PLACED],
    ['SH: shipped before PO was approved', APPROVED],
    ['SH: never dispatched', DISPATCHED],
    ['SH: 9 accepted', RECEIVED],
    ['PO: 0 cents committed', COMMITTED],
    ['SH: 0 cents consumed', CONSUMED],
  ])('say %s', (violation, left) => {
    expect(brokenTrades(WHOLE.filter((event) => event !== left))).toContain(violation);
  });

  it('say what was counted beyond what was dispatched', () => {
    const counted = { ...RECEIVED, data: { ...RECEIVED.data, counted: 11 } };
    expect(brokenTrades(WHOLE.map((event) => (event === RECEIVED ? counted : event)))).toEqual([
      'SH: 11 counted of 10 dispatched',
      'SH: 9 accepted',
    ]);
  });
});
