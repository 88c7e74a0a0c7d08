import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { approveOrder, confirmTranche, dispatchShipment, placeOrder, tranche } from '../fixtures/commands.ts';
import { approved, funded, ordered, shipped } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { positionOf } from '../position.ts';

describe('DispatchShipment', () => {
  const placed = (siteId: string | null) =>
    after(funded, placeOrder({ tranches: [tranche({ siteId })] }), approveOrder());

  it('takes units off the tranche and on the way, with its company, price, site and origin', () => {
    const command = dispatchShipment({ quantity: 30, eta: '2024-03-05', asn: 'ASN-1' });
    expect(when(approved, command)).toEqual([
      {
        type: 'ShipmentDispatched',
        stream: 'shipment/S1',
        data: {
          shipmentId: 'S1',
          orderId: 'PO-1',
          trancheId: 'A',
          companyId: 'TESLA',
          orderingCompanyId: 'TESLA',
          supplierId: 'NVIDIA',
          skuId: 'H100',
          siteId: 'AUSTIN',
          unitPriceCents: 7,
          quantity: 30,
          eta: '2024-03-05',
          previousExpectedDate: '2024-03-01',
          asn: 'ASN-1',
          leg: null,
          originCompanyId: 'TESLA',
          slips: [{ companyId: 'TESLA', skuId: 'H100', cause: 'dispatch', unitDays: 120, unitPriceCents: 7 }],
        },
      },
    ]);
    const { state } = after(approved, command);
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ open: 70, inTransit: 30 });
    expect(state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19783, 19787], units: [70, 30] });
  });

  it('slips against the latest promise', () => {
    const promised = after(approved, confirmTranche({ promisedDate: '2024-03-02' }));
    expect(when(promised, dispatchShipment({ eta: '2024-03-02' }))).toMatchObject([{ data: { slips: [] } }]);
  });

  it('splits a tranche until nothing is open', () => {
    const book = after(
      approved,
      dispatchShipment({ quantity: 60 }),
      dispatchShipment({ shipmentId: 'S2', quantity: 40 }),
    );
    expect(positionOf(book.state, 'TESLA', 'H100')).toMatchObject({ open: 0, inTransit: 100 });
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'ALREADY_EXISTS',
      'before everything',
      shipped,
      dispatchShipment({ orderId: 'PO-9', on: '2024-01-02', today: '2024-01-01' }),
    ],
    ['ORDER_UNKNOWN', 'and no such tranche', approved, dispatchShipment({ orderId: 'PO-9', trancheId: 'B' })],
    [
      'TRANCHE_UNKNOWN',
      'and tomorrow',
      approved,
      dispatchShipment({ trancheId: 'B', on: '2024-01-02', today: '2024-01-01' }),
    ],
    ['EFFECTIVE_IN_FUTURE', 'and not approved', ordered, dispatchShipment({ on: '2024-01-02', today: '2024-01-01' })],
    ['EFFECTIVE_BEFORE_STREAM', 'before the order, and not approved', ordered, dispatchShipment({ on: '2023-12-31' })],
    ['ORDER_NOT_APPROVED', 'and more than ordered', ordered, dispatchShipment({ quantity: 101 })],
    ['MORE_THAN_OPEN', 'and nowhere to go', placed(null), dispatchShipment({ quantity: 101 })],
    ['MORE_THAN_OPEN', 'than is left', shipped, dispatchShipment({ shipmentId: 'S2', quantity: 1 })],
    ['NO_DESTINATION', 'not yet placed', placed(null), dispatchShipment()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
