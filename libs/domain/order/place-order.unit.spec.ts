import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { approveOrder, placeOrder, tranche } from '../fixtures/commands.ts';
import { approved, founded, ordered } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { positionOf } from '../position.ts';
import { headroomUnits } from '../site/headroom.ts';

describe('PlaceOrder', () => {
  const two = [tranche(), tranche({ trancheId: 'B', quantity: 5, siteId: undefined })];

  it('proposes an order, which takes up no room and no money yet', () => {
    const terms = { orderId: 'PO-1', companyId: 'TESLA', supplierId: 'NVIDIA', skuId: 'H100' };
    const tranches = [tranche(), tranche({ trancheId: 'B', quantity: 5, siteId: null })];
    expect(when(founded, placeOrder({ tranches: two }))).toEqual([
      { type: 'OrderPlaced', stream: 'order/PO-1', data: { ...terms, tranches } },
    ]);
    const { state } = after(founded, placeOrder({ tranches: two }));
    expect(positionOf(state, 'TESLA', 'H100').open).toBe(0);
    expect(state.sites.get('AUSTIN')?.inbound.days).toEqual([]);
  });

  it('counts all tranches together, to the last unit', () => {
    const halves = (units: number) => [
      tranche({ quantity: 500 }),
      tranche({ trancheId: 'B', quantity: units, requestedDate: '2024-05-01' }),
    ];
    expect(codeOf(founded, placeOrder({ tranches: halves(500) }))).toBeNull();
    expect(when(founded, placeOrder({ tranches: halves(501) }))).toEqual({
      code: 'SITE_CAPACITY_EXCEEDED',
      fields: {
        siteId: 'AUSTIN',
        companyId: 'TESLA',
        day: '2024-05-01',
        usableUnits: 1000,
        loadUnits: 1001,
        allowedOverloadUnits: 0,
      },
    });
  });

  it('leaves room to another proposed order: only approved ones load', () => {
    expect(codeOf(ordered, placeOrder({ orderId: 'PO-2', tranches: [tranche({ quantity: 1000 })] }))).toBeNull();
    expect(codeOf(approved, placeOrder({ orderId: 'PO-2', tranches: [tranche({ quantity: 901 })] }))).toBe(
      'SITE_CAPACITY_EXCEEDED',
    );
  });

  it('has no limit for units not yet placed', () => {
    const book = after(founded, placeOrder({ tranches: [tranche({ quantity: 5000, siteId: null })] }));
    expect(headroomUnits(siteOf(book), '2024-01-01')).toBe(1000);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['EFFECTIVE_IN_FUTURE', 'and there already', ordered, placeOrder({ on: '2024-01-02', today: '2024-01-01' })],
    ['EFFECTIVE_BEFORE_STREAM', 'before the order of that id', ordered, placeOrder({ on: '2023-12-31' })],
    ['ALREADY_EXISTS', 'there already, and no such company', ordered, placeOrder({ companyId: 'Y' })],
    ['COMPANY_UNKNOWN', 'and no such supplier', founded, placeOrder({ companyId: 'Y', supplierId: 'AMD' })],
    ['SUPPLIER_UNKNOWN', 'and no such SKU', founded, placeOrder({ supplierId: 'AMD', skuId: 'B200' })],
    ['SUPPLIER_UNKNOWN', 'a buyer', founded, placeOrder({ supplierId: 'X' })],
    ['SKU_UNKNOWN', 'and no tranches', founded, placeOrder({ skuId: 'B200', tranches: [] })],
    ['NO_TRANCHES', 'none', founded, placeOrder({ tranches: [] })],
    ['SITE_UNKNOWN', 'and a tranche twice', founded, placeOrder({ tranches: [tranche(), tranche({ siteId: 'BAY' })] })],
    [
      'SITE_NOT_THEIRS',
      'right after it is known',
      founded,
      placeOrder({ tranches: [tranche({ siteId: 'XDC' }), tranche({ siteId: 'BAY' })] }),
    ],
    [
      'ALREADY_EXISTS',
      'a tranche twice, and no room',
      founded,
      placeOrder({ tranches: [tranche({ quantity: 2000 }), tranche()] }),
    ],
    ['SITE_CAPACITY_EXCEEDED', 'no room', founded, placeOrder({ tranches: [tranche({ quantity: 1001 })] })],
    ['ALREADY_EXISTS', 'approved already', after(ordered, approveOrder()), placeOrder()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  function siteOf({ state }: Book) {
    const site = state.sites.get('AUSTIN');
    if (site === undefined) throw new Error('AUSTIN is not registered');
    return site;
  }
});
