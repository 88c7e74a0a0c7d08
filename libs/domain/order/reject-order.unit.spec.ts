import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { approveOrder, confirmTranche } from '../fixtures/commands.ts';
import { rejectOrder } from '../fixtures/change-commands.ts';
import { approved, funded, ordered } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';

describe('RejectOrder', () => {
  const rejected = after(ordered, rejectOrder({ by: 'tesla-cfo', on: '2024-01-05' }));

  it('ends an order that was only proposed', () => {
    expect(when(ordered, rejectOrder({ by: 'tesla-cfo' }))).toEqual([
      { type: 'OrderRejected', stream: 'order/PO-1', data: { orderId: 'PO-1', companyId: 'TESLA' } },
    ]);
    expect(rejected.state.orders.get('PO-1')?.status).toBe('rejected');
  });

  it('is allowed to the requester', () => {
    expect(codeOf(ordered, rejectOrder({ by: 'tesla-buyer' }))).toBeNull();
  });

  it('leaves no units, no load and no money', () => {
    const { state } = rejected;
    expect(positionOf(state, 'TESLA', 'H100')).toEqual(positionOf(funded.state, 'TESLA', 'H100'));
    expect(accountOf(state.funds, 'TESLA')).toEqual(accountOf(funded.state.funds, 'TESLA'));
    expect(state.sites.get('AUSTIN')).toEqual(funded.state.sites.get('AUSTIN'));
  });

  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ORDER_UNKNOWN', 'and tomorrow', ordered, rejectOrder({ orderId: 'PO-9', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and approved', approved, rejectOrder(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'before it was rejected', rejected, rejectOrder({ on: '2024-01-04' })],
    ['ORDER_NOT_PROPOSED', 'approved', approved, rejectOrder()],
    ['ORDER_NOT_PROPOSED', 'rejected', rejected, rejectOrder({ on: '2024-01-05' })],
    ['ORDER_NOT_PROPOSED', 'approve what is rejected', rejected, approveOrder({ on: '2024-01-05' })],
    ['ORDER_NOT_APPROVED', 'confirm what is rejected', rejected, confirmTranche({ on: '2024-01-05' })],
    ['TRANCHE_UNKNOWN', 'of one rejected', rejected, confirmTranche({ trancheId: 'Z', on: '2024-01-05' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
