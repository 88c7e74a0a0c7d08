import { orderFacts, redirectionFacts, shipmentFacts, siteFacts } from './thing-facts.ts';
import type { ThingEvent } from './stream-history.ts';

type Made = readonly [type: string, data?: object];

const event = ([type, data = {}]: Made) => ({ type, data }) as unknown as ThingEvent;
const folded = <Facts>(
  fold: (facts: Facts | undefined, each: ThingEvent) => Facts | undefined,
  made: readonly Made[],
) => made.map(event).reduce<Facts | undefined>(fold, undefined);

const UNITS = { orderId: 'O', trancheId: 'T', companyId: 'A', skuId: 'H', siteId: 'A1', unitPriceCents: 1 };
const SENT = { ...UNITS, orderingCompanyId: 'A', supplierId: 'N' };
const DISPATCHED: Made = ['ShipmentDispatched', { ...SENT, quantity: 5, eta: '2024-02-01' }];
const SPLIT: Made = ['ShipmentSplit', { ...SENT, quantity: 2, held: true, expectedDate: '2024-02-02' }];
const PLACED: Made = ['OrderPlaced', { companyId: 'A', supplierId: 'N', skuId: 'H', tranches: [] }];
const PROPOSED: Made = ['RedirectionProposed', { reason: 'r', parties: ['A', 'B'], legs: [] }];

describe('facts of a shipment', () => {
  it.each<[string, readonly Made[], object]>([
    ['dispatched', [DISPATCHED], { status: 'inTransit', shipped: 5, expectedDate: '2024-02-01' }],
    ['a part held', [SPLIT], { status: 'held', shipped: 2, expectedDate: '2024-02-02' }],
    ['without a part', [DISPATCHED, SPLIT], { status: 'inTransit', shipped: 3, expectedDate: '2024-02-01' }],
    ['late', [DISPATCHED, ['EtaRevised', { eta: '2024-03-01' }]], { expectedDate: '2024-03-01' }],
    ['held', [DISPATCHED, ['ShipmentHeld']], { status: 'held' }],
    ['released', [SPLIT, ['ShipmentReleased']], { status: 'inTransit' }],
    ['at the dock', [DISPATCHED, ['ShipmentReceived']], { status: 'atDock' }],
    ['accepted', [DISPATCHED, ['ReceiptAccepted'], ['ReceiptCorrected', { delta: 1 }]], { status: 'accepted' }],
    ['lost', [DISPATCHED, ['ShipmentLost']], { status: 'lost' }],
    [
      ...(['redirected', [DISPATCHED, ['ShipmentRedirected', { toCompanyId: 'B', toSiteId: 'B1' }]]] as const),
      { status: 'inTransit', orderingCompanyId: 'A', companyId: 'B', siteId: 'B1' },
    ],
  ])('%s', (_what, made, facts) => {
    expect(folded(shipmentFacts, made)).toMatchObject(facts);
  });
});

describe('facts of an order', () => {
  it.each<[string, readonly Made[]]>([
    ['proposed', [PLACED]],
    ['approved', [PLACED, ['OrderApproved'], ['TrancheConfirmed']]],
    ['rejected', [PLACED, ['OrderRejected']]],
  ])('%s', (status, made) => {
    expect(folded(orderFacts, made)).toEqual({ companyId: 'A', supplierId: 'N', skuId: 'H', status, tranches: [] });
  });
});

describe('facts of a redirection', () => {
  it.each<[string, readonly Made[]]>([
    ['proposed', [PROPOSED, ['RedirectionApproved']]],
    ['active', [PROPOSED, ['RedirectionActivated'], ['RedirectionLegDelivered']]],
    ['rejected', [PROPOSED, ['RedirectionRejected']]],
    ['withdrawn', [PROPOSED, ['RedirectionWithdrawn']]],
  ])('%s', (status, made) => {
    expect(folded(redirectionFacts, made)).toEqual({ reason: 'r', status, parties: ['A', 'B'], legs: [] });
  });
});

it('facts of a site are those of its registration', () => {
  const registered: Made = ['SiteRegistered', { companyId: 'A', kind: 'warehouse', designUnits: 9, usableUnits: 5 }];
  const facts = folded(siteFacts, [registered, ['CapacityUnavailable', { usableUnits: 1 }]]);
  expect(facts).toEqual({ companyId: 'A', kind: 'warehouse', designUnits: 9 });
});
