import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { approveBudget, approveOrder, placeOrder, recordOpeningBalance, tranche } from '../fixtures/commands.ts';
import { approved, founded, funded, ordered } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';

describe('ApproveOrder', () => {
  it('opens the tranches and commits their price', () => {
    const terms = { orderId: 'PO-1', companyId: 'TESLA', supplierId: 'NVIDIA', skuId: 'H100' };
    expect(when(ordered, approveOrder())).toEqual([
      { type: 'OrderApproved', stream: 'order/PO-1', data: { ...terms, tranches: [tranche()] } },
      {
        type: 'FundsCommitted',
        stream: 'funds/TESLA',
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: null, amountCents: 700 },
      },
    ]);
    expect(positionOf(approved.state, 'TESLA', 'H100').open).toBe(100);
    expect(approved.state.sites.get('AUSTIN')?.inbound.units).toEqual([100]);
  });

  it('commits nothing for units that cost nothing', () => {
    const book = after(funded, placeOrder({ tranches: [tranche({ unitPriceCents: 0 })] }));
    expect(when(book, approveOrder())).toMatchObject([{ type: 'OrderApproved' }]);
  });

  it('commits to the last cent, and no further', () => {
    const exact = after(founded, approveBudget({ limitCents: 1400 }), placeOrder(), approveOrder());
    const full = after(exact, placeOrder({ orderId: 'PO-2' }), approveOrder({ orderId: 'PO-2' }));
    expect(accountOf(full.state.funds, 'TESLA').committedCents).toBe(1400);
    const dearer = placeOrder({ orderId: 'PO-3', tranches: [tranche({ quantity: 1, unitPriceCents: 1 })] });
    expect(when(after(full, dearer), approveOrder({ orderId: 'PO-3' }))).toEqual({
      code: 'BUDGET_EXCEEDED',
      fields: { companyId: 'TESLA', limitCents: 1400, committedCents: 1400, consumedCents: 0, addedCents: 1 },
    });
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ORDER_UNKNOWN', 'and tomorrow', funded, approveOrder({ on: '2024-01-02', today: '2024-01-01' })],
    ['EFFECTIVE_IN_FUTURE', 'and approved already', approved, approveOrder({ on: '2024-01-02', today: '2024-01-01' })],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before it was placed, by the requester',
      ordered,
      approveOrder({ on: '2023-12-31', by: 'tesla-buyer' }),
    ],
    ['ORDER_NOT_PROPOSED', 'twice, by the requester', approved, approveOrder({ by: 'tesla-buyer' })],
    [
      'SELF_APPROVAL',
      'by the requester, without a budget',
      after(founded, placeOrder()),
      approveOrder({ by: 'tesla-buyer' }),
    ],
    [
      'BUDGET_MISSING',
      'of another company alone',
      after(founded, approveBudget({ companyId: 'X' }), placeOrder()),
      approveOrder(),
    ],
    [
      'BUDGET_EXCEEDED',
      'and no room',
      after(founded, approveBudget({ limitCents: 699 }), placeOrder(), recordOpeningBalance({ quantity: 1000 })),
      approveOrder(),
    ],
    [
      'SITE_CAPACITY_EXCEEDED',
      'no room any more',
      after(ordered, recordOpeningBalance({ quantity: 901 })),
      approveOrder(),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
