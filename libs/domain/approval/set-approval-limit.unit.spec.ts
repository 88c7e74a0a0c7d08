import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { setApprovalLimit } from '../fixtures/approval-commands.ts';
import { approveBudget, approveOrder, placeOrder } from '../fixtures/commands.ts';
import { approved, founded, ordered } from '../fixtures/worlds.ts';
import { limitOf } from './limits.ts';

describe('SetApprovalLimit', () => {
  const ofAll = after(ordered, setApprovalLimit());
  const ofCfo = after(ofAll, setApprovalLimit({ approver: 'tesla-cfo', limitCents: 700 }));

  it('says what a person may approve, or all who have no limit of their own, and what they might before', () => {
    const data = { companyId: 'TESLA', approver: null, limitCents: 699, previousLimitCents: null };
    expect(when(ordered, setApprovalLimit())).toEqual([{ type: 'ApprovalLimitSet', stream: 'limits/TESLA', data }]);
    expect(when(ofAll, setApprovalLimit({ approver: 'tesla-cfo', limitCents: 0 }))).toMatchObject([
      { data: { approver: 'tesla-cfo', limitCents: 0, previousLimitCents: null } },
    ]);
    expect(when(ofAll, setApprovalLimit({ limitCents: null }))).toMatchObject([
      { data: { limitCents: null, previousLimitCents: 699 } },
    ]);
  });

  it('counts for a person who has one, and for all others else; of the latest recorded, whatever its day', () => {
    const limits = (book: Book) => ['tesla-cfo', 'tesla-buyer'].map((who) => limitOf(book.state.limits, 'TESLA', who));
    expect(limits(ordered)).toEqual([null, null]);
    expect(limits(ofAll)).toEqual([699, 699]);
    expect(limits(ofCfo)).toEqual([700, 699]);
    const lifted = after(ofCfo, setApprovalLimit({ approver: 'tesla-cfo', limitCents: null, on: '2023-06-01' }));
    expect(limits(lifted)).toEqual([699, 699]);
    expect(limits(after(ofCfo, setApprovalLimit({ limitCents: null })))).toEqual([700, null]);
    expect(limitOf(ofCfo.state.limits, 'X', 'tesla-cfo')).toBeNull();
  });

  it('lets an order of just as much pass, and what was approved stand', () => {
    expect(codeOf(ofCfo, approveOrder())).toBeNull();
    expect(codeOf(after(approved, setApprovalLimit({ limitCents: 0 })), approveOrder())).toBe('ORDER_NOT_PROPOSED');
  });

  it('refuses more than the person may approve, with the figures', () => {
    expect(when(ofAll, approveOrder())).toEqual({
      code: 'ABOVE_APPROVAL_LIMIT',
      fields: { companyId: 'TESLA', limitCents: 699, amountCents: 700 },
    });
  });

  const unfunded = after(founded, placeOrder(), setApprovalLimit());
  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['COMPANY_UNKNOWN', 'and tomorrow', ordered, setApprovalLimit({ companyId: 'Y', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and their own', ordered, setApprovalLimit({ approver: 'me', by: 'me', ...tomorrow })],
    [
      'SELF_APPROVAL',
      'their own, and no other',
      ofCfo,
      setApprovalLimit({ approver: 'tesla-cfo', limitCents: 700, by: 'tesla-cfo' }),
    ],
    ['NO_CHANGE', 'twice', ofAll, setApprovalLimit()],
    [
      'NO_CHANGE',
      'none, twice',
      after(ofAll, setApprovalLimit({ limitCents: null })),
      setApprovalLimit({ limitCents: null }),
    ],
    ['SELF_APPROVAL', 'an order, above the limit', ofAll, approveOrder({ by: 'tesla-buyer' })],
    ['ABOVE_APPROVAL_LIMIT', 'an order, without a budget', unfunded, approveOrder()],
    [
      'ABOVE_APPROVAL_LIMIT',
      'an order, above the budget',
      after(unfunded, approveBudget({ limitCents: 1 })),
      approveOrder(),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
