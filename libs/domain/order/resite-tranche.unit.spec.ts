import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  approveOrder,
  dispatchShipment,
  placeOrder,
  proposeRedirection,
  recordOpeningBalance,
  tranche,
} from '../fixtures/commands.ts';
import { resiteTranche } from '../fixtures/change-commands.ts';
import { byTesla, byX, toX } from '../fixtures/swap.ts';
import { approved, funded, ordered, shipped, swappable } from '../fixtures/worlds.ts';

describe('ResiteTranche', () => {
  const data = {
    ...{ orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100', quantity: 100 },
    ...{ fromSiteId: 'AUSTIN', toSiteId: 'WH1', expectedDate: '2024-03-01' },
  };
  const placeless = after(funded, placeOrder({ tranches: [tranche({ siteId: null })] }), approveOrder());

  it('sends what is open to another site of the company', () => {
    expect(when(approved, resiteTranche())).toEqual([{ type: 'TrancheResited', stream: 'order/PO-1', data }]);
    const { state } = after(approved, resiteTranche());
    expect(state.sites.get('AUSTIN')?.inbound).toEqual({ days: [], units: [] });
    expect(state.sites.get('WH1')?.inbound).toEqual({ days: [19783], units: [100] });
  });

  it('places what was not placed, so that it can be dispatched', () => {
    expect(codeOf(placeless, dispatchShipment())).toBe('NO_DESTINATION');
    expect(when(placeless, resiteTranche())).toMatchObject([{ data: { fromSiteId: null, toSiteId: 'WH1' } }]);
    const { state } = after(placeless, resiteTranche(), dispatchShipment());
    expect(state.shipments.get('S1')?.siteId).toBe('WH1');
  });

  it('stays at the same site without taking room twice', () => {
    const full = after(approved, recordOpeningBalance({ quantity: 900 }));
    expect(codeOf(full, resiteTranche({ siteId: 'AUSTIN' }))).toBeNull();
  });

  it('asks for a site of the company entitled, not of the one that ordered', () => {
    const legs = [{ orderId: 'PO-2', trancheId: 'J', toCompanyId: 'TESLA', toSiteId: 'WH1' }];
    const redirected = after(swappable, proposeRedirection({ legs }), byTesla, byX);
    const resite = (siteId: string) => resiteTranche({ orderId: 'PO-2', trancheId: 'J', siteId });
    expect(codeOf(redirected, resite(toX.toSiteId))).toBe('SITE_NOT_THEIRS');
    const { state } = after(redirected, resite('AUSTIN'));
    const order = state.orders.get('PO-2');
    expect(order?.status === 'approved' && order.tranches.get('J')).toMatchObject({
      ...{ companyId: 'TESLA', siteId: 'AUSTIN', originCompanyId: 'X', leg: { redirectionId: 'R1', leg: 1 } },
    });
  });

  const crowded = after(approved, recordOpeningBalance({ siteId: 'WH1', quantity: 901 }));
  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ORDER_UNKNOWN', 'and tomorrow', approved, resiteTranche({ orderId: 'PO-9', ...tomorrow })],
    ['TRANCHE_UNKNOWN', 'and tomorrow', approved, resiteTranche({ trancheId: 'B', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and not approved', ordered, resiteTranche(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'and not approved', ordered, resiteTranche({ on: '2023-12-31' })],
    ['ORDER_NOT_APPROVED', 'and no such site', ordered, resiteTranche({ siteId: 'BAY' })],
    ['NOTHING_OPEN', 'and no such site', shipped, resiteTranche({ siteId: 'BAY' })],
    ['SITE_UNKNOWN', 'no such site', approved, resiteTranche({ siteId: 'BAY' })],
    ['SITE_NOT_THEIRS', 'and full', after(approved, fullXdc()), resiteTranche({ siteId: 'XDC' })],
    ['SITE_CAPACITY_EXCEEDED', 'by one unit', crowded, resiteTranche()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  function fullXdc(): Given {
    return recordOpeningBalance({ companyId: 'X', siteId: 'XDC', quantity: 1000 });
  }
});
