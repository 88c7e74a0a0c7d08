import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { approveBudget, dispatchShipment, placeOrder, approveOrder, receiveShipment } from '../fixtures/commands.ts';
import { founded, shipped } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { positionOf } from '../position.ts';

describe('ReceiveShipment', () => {
  const facts = {
    shipmentId: 'S1',
    orderId: 'PO-1',
    trancheId: 'A',
    companyId: 'TESLA',
    skuId: 'H100',
    siteId: 'AUSTIN',
    unitPriceCents: 7,
    expectedDate: '2024-03-01',
    shipped: 100,
  };
  const tight = after(founded, approveBudget({ limitCents: 706 }), placeOrder(), approveOrder(), dispatchShipment());

  it.each([
    [100, 0, 0],
    [97, 3, 0],
    [0, 100, 0],
  ])('puts %s counted units on the dock: %s short, %s over', (counted, short, over) => {
    expect(when(shipped, receiveShipment({ counted }))).toEqual([
      { type: 'ShipmentReceived', stream: 'shipment/S1', data: { ...facts, counted, short, over } },
    ]);
    const { state } = after(shipped, receiveShipment({ counted }));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ inTransit: 0, atDock: counted, short, over });
    expect(state.sites.get('AUSTIN')).toMatchObject({ dockUnits: counted, standingUnits: 0, inbound: { days: [] } });
  });

  it('commits a surplus that is taken', () => {
    expect(when(shipped, receiveShipment({ counted: 102, acceptOver: true }))).toEqual([
      { type: 'ShipmentReceived', stream: 'shipment/S1', data: { ...facts, counted: 102, short: 0, over: 2 } },
      {
        type: 'FundsCommitted',
        stream: 'funds/TESLA',
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: 'S1', amountCents: 14 },
      },
    ]);
  });

  it('commits nothing where a surplus may be taken and none came', () => {
    expect(when(shipped, receiveShipment({ acceptOver: true }))).toMatchObject([{ type: 'ShipmentReceived' }]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and no such site', shipped, receiveShipment({ shipmentId: 'S9', siteId: 'BAY' })],
    [
      'SITE_UNKNOWN',
      'and tomorrow',
      shipped,
      receiveShipment({ siteId: 'BAY', on: '2024-01-02', today: '2024-01-01' }),
    ],
    ['SITE_NOT_THEIRS', 'at the site of another', shipped, receiveShipment({ siteId: 'XDC' })],
    [
      'EFFECTIVE_IN_FUTURE',
      'and received already',
      after(shipped, receiveShipment()),
      receiveShipment({ on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before it was dispatched, elsewhere',
      shipped,
      receiveShipment({ siteId: 'WH1', on: '2023-12-31' }),
    ],
    [
      'SHIPMENT_NOT_IN_TRANSIT',
      'received already, elsewhere',
      after(shipped, receiveShipment()),
      receiveShipment({ siteId: 'WH1' }),
    ],
    ['WRONG_SITE', 'elsewhere, and too many', shipped, receiveShipment({ siteId: 'WH1', counted: 101 })],
    ['OVER_DELIVERY', 'too many', shipped, receiveShipment({ counted: 101 })],
    ['BUDGET_EXCEEDED', 'no money for the surplus', tight, receiveShipment({ counted: 101, acceptOver: true })],
    [
      'BUDGET_EXCEEDED',
      'no money for a surplus whose price no number tells',
      shipped,
      receiveShipment({ counted: Number.MAX_SAFE_INTEGER, acceptOver: true }),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
