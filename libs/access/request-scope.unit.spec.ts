import { REQUESTABLE_COMMANDS, ledgerDecider, type LedgerCommand } from '#libs/domain';
import { actorNamed, BOOK, codeOf, ledgerWith, SAID } from './fixtures/scoped-ledger.ts';
import { scopeOf } from './scope.ts';

const OPENING = { companyId: 'TESLA', siteId: 'TESLA-1', skuId: 'H100', lotId: 'L', quantity: 1 };

/** TESLA asks for a budget (RQ-1) and for an opening balance (RQ-2), the group for less four eyes (RQ-3). */
const ASKED = ledgerWith(
  [
    ['admin', 'A', { type: 'AdoptPolicy', fourEyes: REQUESTABLE_COMMANDS }],
    ['cfo', 'TESLA', { type: 'ApproveBudget', budgetId: 'B', companyId: 'TESLA', limitCents: 1 }],
    ['site', 'TESLA', { type: 'RecordOpeningBalance', ...OPENING }],
    ['admin', 'A', { type: 'AdoptPolicy', fourEyes: [] }],
  ],
  BOOK,
);

describe.each(['ApproveRequest', 'RejectRequest', 'WithdrawRequest'] as const)('the scope of %s', (type) => {
  const decided = (actor: string, requestId: string) => () => scopeOf({ type, requestId }, actorNamed(actor))(ASKED);

  it.each([
    ['tesla-cfo', 'RQ-1'],
    ['tesla-cfo.kim', 'RQ-1'],
    ['tesla-site', 'RQ-2'],
  ])('holds for %s, who may give the command of %s', (actor, requestId) => {
    expect(decided(actor, requestId)()).toBe('TESLA');
  });

  it.each([
    ['tesla-site', 'RQ-1', 'ROLE_REFUSED'],
    ['tesla-cfo', 'RQ-2', 'ROLE_REFUSED'],
    ['x-cfo', 'RQ-1', 'REQUEST_UNKNOWN'],
    ['x-site', 'RQ-1', 'REQUEST_UNKNOWN'],
    ['admin', 'RQ-1', 'REQUEST_UNKNOWN'],
    ['tesla-cfo', 'RQ-3', 'REQUEST_UNKNOWN'],
    ['tesla-site', 'RQ-3', 'REQUEST_UNKNOWN'],
    ['compliance', 'RQ-3', 'ROLE_REFUSED'],
  ])('does not hold for %s and %s: %s', (actor, requestId, code) => {
    expect(codeOf(decided(actor, requestId))).toBe(code);
  });

  it('holds for the group where the command is of the group', () => {
    expect(decided('admin.kim', 'RQ-3')()).toBeNull();
  });

  it('leaves it to the rules that there is no such request', () => {
    const lost: LedgerCommand = { type, requestId: 'RQ-9' };
    expect(codeOf(() => scopeOf(lost, actorNamed('x-cfo'))(ASKED))).toBeNull();
    expect(codeOf(() => ledgerDecider.decide(lost, ASKED, { ...SAID, today: SAID.effectiveAt }))).toBe(
      'REQUEST_UNKNOWN',
    );
  });
});

describe('the scope of AdoptPolicy', () => {
  it('is the group', () => {
    expect(scopeOf({ type: 'AdoptPolicy', fourEyes: [] }, actorNamed('admin'))(ASKED)).toBeNull();
  });
});
