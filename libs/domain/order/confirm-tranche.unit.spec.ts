import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  approveBudget,
  approveOrder,
  confirmTranche,
  dispatchShipment,
  placeOrder,
  reportCapacityUnavailable,
  tranche,
} from '../fixtures/commands.ts';
import { approved, founded, ordered, shipped } from '../fixtures/worlds.ts';
import { breaches } from '../site/headroom.ts';

describe('ConfirmTranche', () => {
  const data = {
    orderId: 'PO-1',
    trancheId: 'A',
    companyId: 'TESLA',
    skuId: 'H100',
    siteId: 'AUSTIN',
    quantity: 100,
    previousExpectedDate: '2024-03-01',
  };
  const late = confirmTranche({ promisedDate: '2024-03-11' });
  const promised = after(approved, late);

  it('makes the first promise the baseline: it slips nothing', () => {
    expect(when(approved, late)).toEqual([
      {
        type: 'TrancheConfirmed',
        stream: 'order/PO-1',
        data: { ...data, promisedDate: '2024-03-11', firstPromise: true, slips: [] },
      },
    ]);
    expect(promised.state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19793], units: [100] });
  });

  it('slips a later promise under the supplier, for what is open', () => {
    const half = after(promised, dispatchShipment({ quantity: 40, eta: '2024-03-11' }));
    const slip = { companyId: 'TESLA', skuId: 'H100', cause: 'supplier', unitDays: -600, unitPriceCents: 7 };
    expect(when(half, confirmTranche({ promisedDate: '2024-03-01' }))).toEqual([
      {
        type: 'TrancheConfirmed',
        stream: 'order/PO-1',
        data: {
          ...data,
          quantity: 60,
          previousExpectedDate: '2024-03-11',
          promisedDate: '2024-03-01',
          firstPromise: false,
          slips: [slip],
        },
      },
    ]);
  });

  it('refuses a slip that no safe integer holds, which a first promise never makes', () => {
    const quantity = Number.MAX_SAFE_INTEGER;
    const vast = after(
      founded,
      approveBudget({ companyId: 'TESLA', limitCents: quantity }),
      placeOrder({ tranches: [tranche({ quantity, unitPriceCents: 1, siteId: null })] }),
      approveOrder(),
    );
    const once = after(vast, confirmTranche({ promisedDate: '2999-12-31' }));
    expect(codeOf(once, confirmTranche({ promisedDate: '2999-12-30' }))).toBeNull();
    expect(codeOf(once, confirmTranche({ promisedDate: '2999-12-29' }))).toBe('VALIDATION_FAILED');
  });

  it('slips nothing on the same day again', () => {
    expect(when(promised, late)).toMatchObject([{ data: { firstPromise: false, slips: [] } }]);
  });

  it('is a fact: never refused for the breach it makes', () => {
    const reduced = after(approved, reportCapacityUnavailable({ usableUnits: 50, from: '2024-02-01' }));
    const { state } = after(reduced, confirmTranche({ promisedDate: '2024-02-15' }));
    expect(breaches(state.sites, '2024-02-15')).toEqual([{ siteId: 'AUSTIN', units: 50 }]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'ORDER_UNKNOWN',
      'and tomorrow',
      approved,
      confirmTranche({ orderId: 'PO-9', on: '2024-01-02', today: '2024-01-01' }),
    ],
    ['TRANCHE_UNKNOWN', 'of an order not approved', ordered, confirmTranche({ trancheId: 'B' })],
    ['TRANCHE_UNKNOWN', 'of an approved order', approved, confirmTranche({ trancheId: 'B' })],
    ['EFFECTIVE_IN_FUTURE', 'and not approved', ordered, confirmTranche({ on: '2024-01-02', today: '2024-01-01' })],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before the dispatch of its tranche, and nothing open',
      after(approved, dispatchShipment({ on: '2024-01-09' })),
      confirmTranche({ on: '2024-01-08' }),
    ],
    ['ORDER_NOT_APPROVED', 'only proposed', ordered, confirmTranche()],
    ['NOTHING_OPEN', 'all dispatched', shipped, confirmTranche()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
