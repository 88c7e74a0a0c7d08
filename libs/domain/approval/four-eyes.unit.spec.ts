import {
  adoptPolicy,
  approveRequest,
  rejectRequest,
  setApprovalLimit,
  withdrawRequest,
} from '../fixtures/approval-commands.ts';
import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { correctReceipt, returnUnits } from '../fixtures/change-commands.ts';
import {
  acceptReceipt,
  approveBudget,
  approveOrder,
  proposeRedirection,
  receiveShipment,
  recordOpeningBalance,
} from '../fixtures/commands.ts';
import { allowOverload, waiveExposure } from '../fixtures/stock-commands.ts';
import { byTesla, byX, toX } from '../fixtures/swap.ts';
import { funded, ordered, shipped, swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import type { LedgerEvent } from '../events.ts';
import { REQUESTABLE_COMMANDS } from './events.ts';

const all = adoptPolicy({ fourEyes: [...REQUESTABLE_COMMANDS] });
const careful = after(funded, all);
const budget = approveBudget({ by: 'tesla-cfo', limitCents: 5 });
const asked = after(careful, budget);
/** Two people of the group take all out from under four eyes. */
const lifting = (requestId: string) => [adoptPolicy({ fourEyes: [] }), approveRequest({ requestId, by: 'admin.kim' })];
const tomorrow = { on: '2024-01-02', today: '2024-01-01' };

describe('AdoptPolicy', () => {
  it('says what is under four eyes from now on, and what was', () => {
    expect(when(funded, adoptPolicy({ fourEyes: ['WaiveExposure', 'ApproveBudget', 'ApproveBudget'] }))).toEqual([
      {
        type: 'PolicyAdopted',
        stream: 'policy/four-eyes',
        data: { fourEyes: ['ApproveBudget', 'WaiveExposure'], previousFourEyes: [] },
      },
    ]);
    const more = adoptPolicy({ fourEyes: ['ApproveBudget', 'WaiveExposure'] });
    expect(when(after(funded, adoptPolicy({ fourEyes: ['WaiveExposure'] })), more)).toMatchObject([
      { data: { fourEyes: ['ApproveBudget', 'WaiveExposure'], previousFourEyes: ['WaiveExposure'] } },
    ]);
  });

  it('leaves other commands as they are, and all of them once it is lifted', () => {
    expect(when(after(ordered, all), approveOrder())).toMatchObject([{ type: 'OrderApproved' }, {}]);
    expect(when(after(careful, ...lifting('RQ-1')), budget)).toMatchObject([{ type: 'BudgetApproved' }]);
    expect(when(after(funded, adoptPolicy({ fourEyes: ['WaiveExposure'] })), budget)).toMatchObject([
      { type: 'BudgetApproved' },
    ]);
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['EFFECTIVE_IN_FUTURE', 'and as it is', funded, adoptPolicy({ fourEyes: [], ...tomorrow })],
    ['NO_CHANGE', 'nothing, where nothing was', funded, adoptPolicy({ fourEyes: [] })],
    ['NO_CHANGE', 'the same in another order', careful, adoptPolicy({ fourEyes: REQUESTABLE_COMMANDS.toReversed() })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('AdoptPolicy that lifts a policy', () => {
  const less = adoptPolicy({ fourEyes: ['WaiveExposure'] });
  const pending = after(careful, less);

  it('is only asked for, for the group, even where it puts another command under four eyes', () => {
    const command = { type: 'AdoptPolicy', fourEyes: ['WaiveExposure'] };
    expect(when(careful, less)).toEqual([
      { type: 'CommandRequested', stream: 'request/RQ-1', data: { requestId: 'RQ-1', companyId: null, command } },
    ]);
    const swapped = after(funded, adoptPolicy({ fourEyes: ['ApproveBudget'] }));
    expect(when(swapped, less)).toMatchObject([{ type: 'CommandRequested' }]);
    expect(pending.state.fourEyes.commands).toEqual([...REQUESTABLE_COMMANDS]);
  });

  it('happens when another person approves it, and not by who asked', () => {
    expect(codeOf(pending, approveRequest({ by: 'admin' }))).toBe('SELF_APPROVAL');
    expect(when(pending, approveRequest({ by: 'admin.kim' }))).toMatchObject([
      { type: 'RequestApproved', data: { companyId: null, command: 'AdoptPolicy', requestedBy: 'admin' } },
      { type: 'PolicyAdopted', data: { fourEyes: ['WaiveExposure'] } },
    ]);
  });

  it('is refused when it would change nothing any more, and waits on', () => {
    const done = after(pending, less, approveRequest({ requestId: 'RQ-2', by: 'admin.kim' }));
    expect(codeOf(done, approveRequest({ by: 'admin.kim' }))).toBe('NO_CHANGE');
  });
});

/** What each command is tried on: a book on which it is accepted, and another on which one of its rules is broken. */
const received = after(shipped, receiveShipment(), acceptReceipt());
const returnable = after(shipped, receiveShipment(), acceptReceipt({ accepted: 90, rejected: 10 }));
const owing = after(
  swappable,
  proposeRedirection({ legs: [{ shipmentId: 'S1', ...toX }] }),
  byTesla,
  byX,
  receiveShipment({ siteId: 'XDC' }),
  acceptReceipt(),
);
const CASES: readonly [command: Given, companyId: string, on: Book, refused: Book, code: string][] = [
  [allowOverload({ siteId: 'XDC' }), 'X', funded, after(funded, allowOverload()), 'ALREADY_EXISTS'],
  [approveBudget({}), 'TESLA', funded, after(funded, approveBudget({})), 'ALREADY_EXISTS'],
  [correctReceipt(), 'TESLA', received, shipped, 'NOT_ACCEPTED'],
  [recordOpeningBalance({ quantity: 1000 }), 'TESLA', funded, after(ordered, approveOrder()), 'SITE_CAPACITY_EXCEEDED'],
  [returnUnits(), 'TESLA', returnable, received, 'MORE_THAN_REJECTED'],
  [setApprovalLimit(), 'TESLA', funded, after(funded, setApprovalLimit()), 'NO_CHANGE'],
  [waiveExposure({ quantity: 100 }), 'TESLA', owing, swappable, 'MORE_THAN_OWED'],
];

const OPENING = {
  ...{ type: 'RecordOpeningBalance', companyId: 'TESLA', siteId: 'AUSTIN', skuId: 'H100', lotId: 'L9', quantity: 10 },
};

describe('a command under four eyes', () => {
  it.each(CASES)('$type is only asked for, for $companyId', (command, companyId, book) => {
    const { by: _by, on: _on, today: _today, ...fields } = command;
    const careful = after(book, all);
    expect(when(careful, command)).toEqual([
      { type: 'CommandRequested', stream: 'request/RQ-1', data: { requestId: 'RQ-1', companyId, command: fields } },
    ]);
    const { state } = after(careful, command);
    expect({ ...state, fourEyes: null }).toEqual({ ...careful.state, fourEyes: null });
  });

  it.each(CASES)('$type makes, once approved, what it would have made', (command, _companyId, book) => {
    const approval = approveRequest({ by: 'second' });
    const { on = '2024-01-01' } = command;
    const [approved, ...made] = when(after(book, all, command), approval) as object[];
    expect(approved).toMatchObject({ type: 'RequestApproved', data: { command: command.type } });
    const said = { effectiveAt: on, reason: null, evidence: [], causationId: 'request/RQ-1' };
    expect(made).toEqual((when(book, command) as object[]).map((event) => ({ ...event, said })));
  });

  it.each(CASES)('$type keeps its rules when it is asked for: %5$s', (command, _companyId, _book, refused, code) => {
    expect(codeOf(after(refused, all), command)).toBe(code);
  });

  it.each(CASES)('$type keeps its rules when it is approved: %5$s', (command, _companyId, book, refused, code) => {
    // As if the ledger had come to the other state meanwhile: what is asked for is kept apart from all else.
    const pending = after(book, all, command).state.fourEyes;
    const meanwhile = { ...refused, state: { ...refused.state, fourEyes: pending } };
    expect(codeOf(meanwhile, approveRequest({ by: 'second' }))).toBe(code);
  });

  it('is numbered by the ledger, and leaves out what was left out', () => {
    const second = recordOpeningBalance({ energised: undefined, lotId: 'L9', by: 'tesla-site' });
    const [request] = when(asked, second) as LedgerEvent[];
    expect(request?.stream).toBe('request/RQ-2');
    expect(JSON.stringify(request?.data)).toBe(
      JSON.stringify({ requestId: 'RQ-2', companyId: 'TESLA', command: OPENING }),
    );
    expect(Object.keys(request?.type === 'CommandRequested' ? request.data.command : {})).toEqual(Object.keys(OPENING));
  });
});

describe('ApproveRequest', () => {
  const later = approveRequest({ on: '2024-01-09' });

  it('does what was asked for in the same step, as of the day asked for, and says who asked', () => {
    expect(when(asked, later)).toEqual([
      {
        type: 'RequestApproved',
        stream: 'request/RQ-1',
        data: { requestId: 'RQ-1', companyId: 'TESLA', command: 'ApproveBudget', requestedBy: 'tesla-cfo' },
      },
      {
        type: 'BudgetApproved',
        stream: 'funds/TESLA',
        data: { budgetId: 'B1', companyId: 'TESLA', limitCents: 5 },
        said: { effectiveAt: '2024-01-01', reason: null, evidence: [], causationId: 'request/RQ-1' },
      },
    ]);
    const { state, events } = after(asked, later);
    expect(accountOf(state.funds, 'TESLA').limitCents).toBe(100_005);
    const [approved, made] = events.slice(-2);
    expect(approved).toMatchObject({ effectiveAt: '2024-01-09', causationId: null, actor: 'tesla-treasurer' });
    expect(made).toMatchObject({ effectiveAt: '2024-01-01', causationId: 'request/RQ-1', actor: 'tesla-treasurer' });
    expect(made).not.toHaveProperty('said');
  });

  it('keeps the rules as of the day asked for, not of the approval', () => {
    const overload = after(careful, allowOverload({ until: '2024-01-05', by: 'tesla-cfo' }));
    expect(codeOf(overload, later)).toBeNull();
  });

  it('goes on when the policy was lifted meanwhile', () => {
    expect(codeOf(after(asked, ...lifting('RQ-2')), approveRequest())).toBeNull();
  });

  it('leaves the request to wait when what was asked for is refused', () => {
    const own = after(careful, setApprovalLimit({ approver: 'tesla-treasurer', by: 'tesla-cfo' }));
    expect(codeOf(own, approveRequest())).toBe('SELF_APPROVAL');
    expect(codeOf(own, approveRequest({ by: 'tesla-head' }))).toBeNull();
  });

  const approved = after(asked, approveRequest());
  const taken = after(funded, adoptPolicy({ fourEyes: ['WaiveExposure'] }));
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['REQUEST_UNKNOWN', 'and tomorrow', asked, approveRequest({ requestId: 'RQ-2', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and approved already', approved, approveRequest(tomorrow)],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before it was asked for, by the requester',
      asked,
      approveRequest({ by: 'tesla-cfo', on: '2023-12-31' }),
    ],
    ['REQUEST_NOT_PENDING', 'twice, by the requester', approved, approveRequest({ by: 'tesla-cfo' })],
    ['REQUEST_NOT_PENDING', 'rejected', after(asked, rejectRequest()), approveRequest()],
    ['REQUEST_NOT_PENDING', 'withdrawn', after(asked, withdrawRequest()), approveRequest()],
    ['SELF_APPROVAL', 'by the requester', asked, approveRequest({ by: 'tesla-cfo' })],
    [
      'SELF_APPROVAL',
      'by the requester, of a budget that is there by now',
      after(asked, ...lifting('RQ-2'), approveBudget({})),
      approveRequest({ by: 'tesla-cfo' }),
    ],
    ['ALREADY_EXISTS', 'there by now', after(asked, ...lifting('RQ-2'), approveBudget({})), approveRequest()],
    ['MORE_THAN_OWED', 'what is under four eyes keeps its rules', taken, waiveExposure()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('RejectRequest and WithdrawRequest', () => {
  it('end a request, and nothing of it happens', () => {
    const data = { requestId: 'RQ-1', companyId: 'TESLA', command: 'ApproveBudget', requestedBy: 'tesla-cfo' };
    expect(when(asked, rejectRequest())).toEqual([{ type: 'RequestRejected', stream: 'request/RQ-1', data }]);
    expect(when(asked, withdrawRequest())).toEqual([{ type: 'RequestWithdrawn', stream: 'request/RQ-1', data }]);
    expect(codeOf(asked, rejectRequest({ by: 'tesla-cfo' }))).toBeNull();
    for (const end of [rejectRequest(), withdrawRequest()])
      expect(after(asked, end).state.funds).toEqual(funded.state.funds);
  });

  const rejected = after(asked, rejectRequest({ on: '2024-01-05' }));
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['REQUEST_UNKNOWN', 'reject tomorrow', asked, rejectRequest({ requestId: 'RQ-2', ...tomorrow })],
    ['REQUEST_UNKNOWN', 'withdraw tomorrow', asked, withdrawRequest({ requestId: 'RQ-2', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and rejected', after(asked, rejectRequest()), rejectRequest(tomorrow)],
    ['EFFECTIVE_IN_FUTURE', 'withdraw what is not theirs', asked, withdrawRequest({ by: 'x', ...tomorrow })],
    ['EFFECTIVE_BEFORE_STREAM', 'and rejected', rejected, rejectRequest({ on: '2024-01-04' })],
    ['EFFECTIVE_BEFORE_STREAM', 'withdraw what was rejected', rejected, withdrawRequest({ on: '2024-01-04' })],
    ['REQUEST_NOT_PENDING', 'twice', rejected, rejectRequest({ on: '2024-01-05' })],
    ['REQUEST_NOT_PENDING', 'withdraw what is not theirs', rejected, withdrawRequest({ by: 'x', on: '2024-01-05' })],
    ['NOT_THE_REQUESTER', 'by another', asked, withdrawRequest({ by: 'tesla-treasurer' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
