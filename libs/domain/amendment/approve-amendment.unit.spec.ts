import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  approveAmendment,
  cancelTranche,
  confirmAmendment,
  proposeAmendment,
  rejectAmendment,
  splitTranche,
  withdrawAmendment,
} from '../fixtures/change-commands.ts';
import { confirmTranche, placeOrder, reportCapacityUnavailable, tranche } from '../fixtures/commands.ts';
import { setApprovalLimit } from '../fixtures/approval-commands.ts';
import { approveOrder, approveBudget } from '../fixtures/commands.ts';
import { approved, founded } from '../fixtures/worlds.ts';

const on = '2024-01-05';
const future = { on: '2024-01-07', today: '2024-01-06' };
const of = { amendmentId: 'AM-1', orderId: 'PO-1', companyId: 'TESLA', supplierId: 'NVIDIA' };
const changes = [{ trancheId: 'A', quantity: 110 }];
const newTranches = [tranche({ trancheId: 'B', quantity: 5 })];
/** 110 instead of 100 units, and 5 on a tranche of their own. */
const more = after(approved, proposeAmendment({ changes, newTranches, on }));
const withSupplier = after(more, approveAmendment({ on }));
const self = { by: 'tesla-buyer', on };
const full = (book: Book) => after(book, reportCapacityUnavailable({ usableUnits: 0, from: '2024-02-01', on }));
const cancelled = after(more, cancelTranche({ quantity: 1, on }));

describe('ApproveAmendment', () => {
  it('hands the amendment to the supplier; no money is committed yet', () => {
    expect(when(more, approveAmendment({ on }))).toEqual([
      { type: 'AmendmentApproved', stream: 'amendment/AM-1', data: of },
    ]);
    expect(withSupplier.state.amendments.get('AM-1')).toMatchObject({ status: 'approved', approvedBy: 'tesla-cfo' });
    expect(withSupplier.state.funds).toEqual(more.state.funds);
    expect(withSupplier.state.orders).toEqual(more.state.orders);
  });

  it('is given once, and not where nothing more is to be paid', () => {
    expect(codeOf(withSupplier, approveAmendment({ on }))).toBe('AMENDMENT_NOT_PROPOSED');
    const less = after(approved, proposeAmendment({ on }));
    expect(codeOf(less, approveAmendment({ on }))).toBe('AMENDMENT_NOT_PROPOSED');
  });

  /** TESLA may spend exactly what the amended order costs, less `missing`. */
  const spending = (missing: number) =>
    after(
      ...([founded, approveBudget({ limitCents: 115 * 7 - missing }), placeOrder(), approveOrder()] as const),
      proposeAmendment({ changes, newTranches, on }),
    );

  const limited = (limitCents: number) => after(more, setApprovalLimit({ limitCents, on }));

  it('is within what the approver may commit, by what it adds', () => {
    expect(when(limited(104), approveAmendment({ on }))).toEqual({
      code: 'ABOVE_APPROVAL_LIMIT',
      fields: { companyId: 'TESLA', limitCents: 104, amountCents: 105 },
    });
    expect(codeOf(limited(105), approveAmendment({ on }))).toBeNull();
  });

  it('asks for the budget of what it adds, to the cent', () => {
    expect([codeOf(spending(0), approveAmendment({ on })), codeOf(spending(1), approveAmendment({ on }))]).toEqual([
      null,
      'BUDGET_EXCEEDED',
    ]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['AMENDMENT_UNKNOWN', 'and tomorrow', more, approveAmendment({ amendmentId: 'AM-9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and approved already', withSupplier, approveAmendment(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and by oneself', more, approveAmendment({ ...self, on: '2024-01-04' })],
    ['AMENDMENT_NOT_PROPOSED', 'and by oneself', withSupplier, approveAmendment(self)],
    ['SELF_APPROVAL', 'and it has changed', cancelled, approveAmendment(self)],
    ['SELF_APPROVAL', 'and above the limit', limited(0), approveAmendment(self)],
    [
      'ABOVE_APPROVAL_LIMIT',
      'and it has changed',
      after(limited(104), cancelTranche({ quantity: 1, on })),
      approveAmendment({ on }),
    ],
    [
      'AMENDMENT_CHANGED',
      'and above the budget',
      after(spending(1), cancelTranche({ quantity: 1, on })),
      approveAmendment({ on }),
    ],
    ['BUDGET_EXCEEDED', 'and no room', full(spending(1)), approveAmendment({ on })],
    ['SITE_CAPACITY_EXCEEDED', 'since then', full(more), approveAmendment({ on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('RejectAmendment', () => {
  it('ends it, and nothing has changed', () => {
    expect(when(withSupplier, rejectAmendment({ on }))).toEqual([
      { type: 'AmendmentRejected', stream: 'amendment/AM-1', data: of },
    ]);
    const rejected = after(withSupplier, rejectAmendment({ on }));
    expect(rejected.state.amendments.get('AM-1')?.status).toBe('rejected');
    expect(rejected.state.orders).toEqual(approved.state.orders);
    expect(codeOf(rejected, rejectAmendment({ on }))).toBe('AMENDMENT_NOT_APPROVED');
    expect(codeOf(rejected, confirmAmendment({ on }))).toBe('AMENDMENT_NOT_APPROVED');
    expect(codeOf(rejected, withdrawAmendment({ on }))).toBe('AMENDMENT_NOT_PROPOSED');
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['AMENDMENT_UNKNOWN', 'and tomorrow', more, rejectAmendment({ amendmentId: 'AM-9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and not approved', more, rejectAmendment(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and not approved', more, rejectAmendment({ on: '2024-01-04' })],
    ['AMENDMENT_NOT_APPROVED', 'the supplier does not know of it yet', more, rejectAmendment({ on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('WithdrawAmendment', () => {
  it.each([
    ['that waits for approval', more],
    ['that is with the supplier', withSupplier],
  ])('ends one %s', (_, book) => {
    expect(when(book, withdrawAmendment({ on }))).toEqual([
      { type: 'AmendmentWithdrawn', stream: 'amendment/AM-1', data: of },
    ]);
    const withdrawn = after(book, withdrawAmendment({ on }));
    expect(withdrawn.state.amendments.get('AM-1')?.status).toBe('withdrawn');
    expect(codeOf(withdrawn, withdrawAmendment({ on }))).toBe('AMENDMENT_NOT_PROPOSED');
    expect(codeOf(withdrawn, approveAmendment({ on }))).toBe('AMENDMENT_NOT_PROPOSED');
    expect(codeOf(withdrawn, confirmAmendment({ on }))).toBe('AMENDMENT_NOT_APPROVED');
  });

  it('is another’s to give, too: so a proposal is refused its approval', () => {
    expect(codeOf(more, withdrawAmendment({ by: 'tesla-cfo', on }))).toBeNull();
  });

  const confirmed = after(withSupplier, confirmAmendment({ on }));
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['AMENDMENT_UNKNOWN', 'and tomorrow', more, withdrawAmendment({ amendmentId: 'AM-9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and decided', confirmed, withdrawAmendment(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and decided', confirmed, withdrawAmendment({ on: '2024-01-04' })],
    ['AMENDMENT_NOT_PROPOSED', 'it has taken effect', confirmed, withdrawAmendment({ on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('what an amendment was proposed on', () => {
  it.each<[what: string, command: Given]>([
    ['cancelled in part', cancelTranche({ quantity: 1, on })],
    ['split', splitTranche({ quantity: 1, on })],
    ['promised for the very day', confirmTranche({ on })],
    ['promised for another day', confirmTranche({ promisedDate: '2024-03-02', on })],
    ['joined by a tranche of the new one’s id', splitTranche({ newTrancheId: 'B', quantity: 1, on })],
  ])('is another once it is %s', (_what, command) => {
    expect(codeOf(after(more, command), approveAmendment({ on }))).toBe('AMENDMENT_CHANGED');
    expect(codeOf(after(withSupplier, command), confirmAmendment({ on }))).toBe('AMENDMENT_CHANGED');
  });
});
