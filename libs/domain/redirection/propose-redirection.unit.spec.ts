import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  acceptReceipt,
  approveOrder,
  dispatchShipment,
  placeOrder,
  proposeRedirection,
  receiveShipment,
  recordOpeningBalance,
  tranche,
} from '../fixtures/commands.ts';
import { approved, funded, ordered, shipped, swappable } from '../fixtures/worlds.ts';
import { trancheById } from '../ledger-lookups.ts';
import { statusOf } from './status.ts';

const toX = { toCompanyId: 'X', toSiteId: 'XDC' };
const toWarehouse = { toCompanyId: 'TESLA', toSiteId: 'WH1' };
const openPo1 = { orderId: 'PO-1', trancheId: 'A' };
const legs = (...each: Extract<Given, { type: 'ProposeRedirection' }>['legs']) => proposeRedirection({ legs: each });

describe('ProposeRedirection', () => {
  it('notes company, quantity and expected date of every leg, and who must approve', () => {
    const command = legs({ shipmentId: 'S1', ...toX }, { orderId: 'PO-2', trancheId: 'J', ...toWarehouse });
    expect(when(swappable, command)).toEqual([
      {
        type: 'RedirectionProposed',
        stream: 'redirection/R1',
        data: {
          redirectionId: 'R1',
          reason: 'Deploy at X first',
          legs: [
            {
              ...{ leg: 1, orderId: 'PO-1', trancheId: 'A', shipmentId: 'S1', skuId: 'H100', quantity: 100 },
              ...{ expectedDate: '2024-03-01', fromCompanyId: 'TESLA', fromSiteId: 'AUSTIN', ...toX },
            },
            {
              ...{ leg: 2, orderId: 'PO-2', trancheId: 'J', shipmentId: null, skuId: 'H100', quantity: 60 },
              ...{ expectedDate: '2024-04-01', fromCompanyId: 'X', fromSiteId: 'XDC', ...toWarehouse },
            },
          ],
          parties: ['TESLA', 'X'],
        },
      },
    ]);
    expect(statusIn(after(swappable, command))).toBe('proposed');
  });

  it('is active and delivered at once when no leg changes company: the site changes, nothing else', () => {
    const command = legs({ shipmentId: 'S1', ...toWarehouse });
    const units = { orderId: 'PO-1', trancheId: 'A', skuId: 'H100', quantity: 100, unitPriceCents: 7 };
    expect(when(shipped, command)).toMatchObject([
      { type: 'RedirectionProposed', data: { parties: [] } },
      {
        type: 'ShipmentRedirected',
        stream: 'shipment/S1',
        data: {
          ...{
            redirectionId: 'R1',
            leg: 1,
            ...units,
            expectedDate: '2024-03-01',
            shipmentId: 'S1',
            fromSiteId: 'AUSTIN',
          },
          ...{ fromCompanyId: 'TESLA', ...toWarehouse, originCompanyId: 'TESLA', previousLeg: null },
        },
      },
      { type: 'RedirectionActivated', stream: 'redirection/R1', data: { redirectionId: 'R1', slips: [] } },
    ]);
    const book = after(shipped, command);
    expect(statusIn(book)).toBe('delivered');
    expect(book.state.shipments.get('S1')).toMatchObject({ siteId: 'WH1', leg: null, originCompanyId: 'TESLA' });
    expect(book.state.sites.get('AUSTIN')?.inbound.days).toEqual([]);
    expect(book.state.sites.get('WH1')?.inbound.units).toEqual([100]);
  });

  it('gives a tranche not yet placed its site', () => {
    const unplaced = after(funded, placeOrder({ tranches: [tranche({ siteId: null })] }), approveOrder());
    const { state } = after(unplaced, legs({ ...openPo1, ...toWarehouse }));
    expect(trancheById(state, 'PO-1', 'A')).toMatchObject({ siteId: 'WH1', companyId: 'TESLA', leg: null });
    expect(state.sites.get('WH1')?.inbound.units).toEqual([100]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['EFFECTIVE_IN_FUTURE', 'and no legs', shipped, { ...legs(), on: '2024-01-02', today: '2024-01-01' }],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before its shipment, and unknown besides',
      lateShipment(),
      legs({ orderId: 'PO-9', trancheId: 'A', ...toX }, { shipmentId: 'S1', ...toX }),
    ],
    ['EFFECTIVE_BEFORE_STREAM', 'before the dispatch from its order', lateShipment(), legs({ ...openPo1, ...toX })],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before the redirection of that id',
      after(shipped, proposeRedirection({ on: '2024-01-02' })),
      legs(),
    ],
    ['ALREADY_EXISTS', 'and no legs', after(shipped, proposeRedirection({})), legs()],
    ['NO_LEGS', 'none', shipped, legs()],
    ['SHIPMENT_UNKNOWN', 'and no such company', shipped, legs({ shipmentId: 'S9', toCompanyId: 'Y', toSiteId: 'XDC' })],
    [
      'SHIPMENT_NOT_IN_TRANSIT',
      'at the dock, and no such company',
      after(shipped, receiveShipment()),
      legs({ shipmentId: 'S1', toCompanyId: 'Y', toSiteId: 'XDC' }),
    ],
    [
      'SHIPMENT_NOT_IN_TRANSIT',
      'accepted',
      after(shipped, receiveShipment(), acceptReceipt()),
      legs({ shipmentId: 'S1', ...toX }),
    ],
    [
      'ORDER_UNKNOWN',
      'and no such site',
      shipped,
      legs({ orderId: 'PO-9', trancheId: 'A', toCompanyId: 'X', toSiteId: 'BAY' }),
    ],
    ['TRANCHE_UNKNOWN', 'of an order not approved', ordered, legs({ orderId: 'PO-1', trancheId: 'B', ...toX })],
    ['ORDER_NOT_APPROVED', 'only proposed', ordered, legs({ ...openPo1, ...toX })],
    ['NOTHING_OPEN', 'all on the way', shipped, legs({ ...openPo1, ...toX })],
    ['COMPANY_UNKNOWN', 'and no such site', shipped, legs({ shipmentId: 'S1', toCompanyId: 'Y', toSiteId: 'BAY' })],
    [
      'SITE_UNKNOWN',
      'before the next leg',
      shipped,
      legs({ shipmentId: 'S1', toCompanyId: 'X', toSiteId: 'BAY' }, { shipmentId: 'S9', ...toX }),
    ],
    ['SITE_NOT_THEIRS', 'of the giver', shipped, legs({ shipmentId: 'S1', toCompanyId: 'X', toSiteId: 'WH1' })],
    [
      'DUPLICATE_LEG',
      'a shipment twice',
      shipped,
      legs({ shipmentId: 'S1', ...toX }, { shipmentId: 'S1', ...toWarehouse }),
    ],
    ['DUPLICATE_LEG', 'a tranche twice', approved, legs({ ...openPo1, ...toX }, { ...openPo1, ...toWarehouse })],
    [
      'SITE_UNKNOWN',
      'a tranche twice, the second to nowhere',
      approved,
      legs({ ...openPo1, ...toX }, { ...openPo1, toCompanyId: 'X', toSiteId: 'BAY' }),
    ],
    [
      'SITE_CAPACITY_EXCEEDED',
      'no room where it goes at once',
      after(shipped, recordOpeningBalance({ siteId: 'WH1', quantity: 901 })),
      legs({ shipmentId: 'S1', ...toWarehouse }),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  it('takes a shipment and what is open of its tranche as two legs', () => {
    const half = after(approved, dispatchShipment({ quantity: 50 }));
    expect(codeOf(half, legs({ shipmentId: 'S1', ...toX }, { ...openPo1, ...toX }))).toBeNull();
  });

  it('is not gated before it is active', () => {
    const full = after(shipped, recordOpeningBalance({ companyId: 'X', siteId: 'XDC', quantity: 1000 }));
    expect(codeOf(full, legs({ shipmentId: 'S1', ...toX }))).toBeNull();
  });
});

function lateShipment(): Book {
  return after(approved, placeOrder({ orderId: 'PO-3' }), dispatchShipment({ quantity: 1, on: '2024-01-02' }));
}

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}
