import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { confirmTranche, dispatchShipment, reportCapacityUnavailable } from '../fixtures/commands.ts';
import { rescheduleTranche } from '../fixtures/change-commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { approved, ordered, shipped } from '../fixtures/worlds.ts';
import { REPORTED_CAUSES } from '../slippage.ts';
import { breaches } from '../site/headroom.ts';

describe('RescheduleTranche', () => {
  const confirmed = after(approved, confirmTranche());
  const half = after(confirmed, dispatchShipment({ quantity: 40 }));

  it('expects what is open on another day, and slips it under the cause', () => {
    expect(when(half, rescheduleTranche())).toEqual([
      {
        type: 'TrancheRescheduled',
        stream: 'order/PO-1',
        data: {
          ...{ orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100', siteId: 'AUSTIN', quantity: 60 },
          ...{ expectedDate: '2024-03-11', previousExpectedDate: '2024-03-01', cause: 'carrier' },
          slips: [{ companyId: 'TESLA', skuId: 'H100', cause: 'carrier', unitDays: 600, unitPriceCents: 7 }],
        },
      },
    ]);
    const { state } = after(half, rescheduleTranche());
    expect(state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19783, 19793], units: [40, 60] });
  });

  it.each(REPORTED_CAUSES)('books it under %s', (cause) => {
    expect(slippageOf(after(confirmed, rescheduleTranche({ cause })).events)).toEqual({ TESLA: { [cause]: 1000 } });
  });

  it('keeps the first promise and slips the next from the new day', () => {
    const book = after(confirmed, rescheduleTranche(), confirmTranche({ promisedDate: '2024-03-21' }));
    const order = book.state.orders.get('PO-1');
    expect(order?.status === 'approved' && order.tranches.get('A')).toMatchObject({
      firstPromisedDate: '2024-03-01',
      expectedDate: '2024-03-21',
    });
    expect(slippageOf(book.events)).toEqual({ TESLA: { carrier: 1000, supplier: 1000 } });
  });

  it('slips back under the same cause, and nothing on the same day', () => {
    const back = after(confirmed, rescheduleTranche(), rescheduleTranche({ expectedDate: '2024-03-01' }));
    expect(slippageOf(back.events)).toEqual({});
    expect(when(back, rescheduleTranche({ expectedDate: '2024-03-01' }))).toMatchObject([{ data: { slips: [] } }]);
  });

  it('is a fact: never refused for the breach it makes', () => {
    const reduced = after(confirmed, reportCapacityUnavailable({ usableUnits: 0, from: '2024-03-05' }));
    expect(breaches(after(reduced, rescheduleTranche()).state.sites, '2024-03-05')).toEqual([
      { siteId: 'AUSTIN', units: 100 },
    ]);
  });

  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ORDER_UNKNOWN', 'and tomorrow', confirmed, rescheduleTranche({ orderId: 'PO-9', ...tomorrow })],
    ['TRANCHE_UNKNOWN', 'and tomorrow', confirmed, rescheduleTranche({ trancheId: 'B', ...tomorrow })],
    ['TRANCHE_UNKNOWN', 'of an order not approved', ordered, rescheduleTranche({ trancheId: 'B' })],
    ['EFFECTIVE_IN_FUTURE', 'and not approved', ordered, rescheduleTranche(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'and not approved', ordered, rescheduleTranche({ on: '2023-12-31' })],
    ['ORDER_NOT_APPROVED', 'only proposed', ordered, rescheduleTranche()],
    ['NOTHING_OPEN', 'all dispatched, and never confirmed', shipped, rescheduleTranche()],
    ['TRANCHE_NOT_CONFIRMED', 'no promise to move', approved, rescheduleTranche()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
