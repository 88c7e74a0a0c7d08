import type { DecidedEvent } from '#libs/kernel';
import type { LedgerEvent } from '../events.ts';
import { after, given, type Book } from '../fixtures/book.ts';
import { redirectedH100s } from '../fixtures/redirected-h100s.ts';
import { LedgerAudit } from './ledger-audit.ts';

/** The steps that are refused. */
const REFUSED = [15, 25, 27];
const story = given(...redirectedH100s.filter((_, index) => !REFUSED.includes(index + 1)));

/** Four of the units short at the warehouse are found, and TESLA forgives as many. */
const corrected = after(
  story,
  { type: 'CorrectReceipt', shipmentId: 'SH-2', delta: 4, reason: 'found', on: '2024-02-11' },
  { type: 'WaiveExposure', debtorId: 'X', creditorId: 'TESLA', skuId: 'H100', quantity: 4, on: '2024-02-12' },
);

describe('the audit of a ledger', () => {
  it.each([
    ['the redirected H100s', story],
    ['a correction and a waiver', corrected],
  ])('finds nothing in %s', (_, book) => {
    expect(audited(book.events)).toEqual([]);
  });

  it.each<[invariant: number, subject: string, type: LedgerEvent['type'], change: object]>([
    [1, 'tranche PO-T1/T1', 'ShipmentDispatched', { quantity: 12_001 }],
    [1, 'shipment SH-1', 'ShipmentReceived', { counted: 11_999 }],
    [1, 'shipment SH-1', 'ReceiptAccepted', { rejected: 5 }],
    [1, 'SKU H100', 'ReceiptAccepted', { accepted: 11_990 }],
    [2, 'lots of H100', 'ReceiptCorrected', { shipmentId: 'SH-3' }],
    [2, 'lot OPEN-TESLA of TESLA at PALO', 'OpeningBalanceRecorded', { energised: 90_000 }],
    [3, 'order PO-T1', 'ShipmentDispatched', { orderingCompanyId: 'X' }],
    [4, 'exposure of TESLA to X, H100', 'ExposureChanged', { units: 11_000 }],
    [5, 'site WH1', 'CommitmentRedirected', { toSiteId: 'AUSTIN' }],
    [6, 'funds of TESLA', 'BudgetApproved', { limitCents: 1 }],
    [6, 'funds of X', 'FundsConsumed', { amountCents: 1 }],
    [7, 'order PO-T1', 'OrderApproved', { actor: 'tesla-buyer' }],
    [7, 'redirection SW-1', 'RedirectionApproved', { actor: 'tesla-logistics' }],
    [7, 'redirection SW-1', 'RedirectionApproved', { companyId: 'XAI' }],
    [7, 'redirection SW-1', 'EndUserScreened', { validUntil: '2023-12-12' }],
  ])('names invariant %i and %s when the first %s is another', (invariant, subject, type, change) => {
    const found = audited(changed(corrected, type, change));
    expect(found).toContainEqual(expect.objectContaining({ invariant, subject }));
  });

  it.each([
    ['OrderApproved', 'ApprovalLimitSet', { companyId: 'TESLA', limitCents: 1 }],
    ['RedirectionApproved', 'ApprovalLimitSet', { companyId: 'TESLA', limitCents: -1 }],
  ] as const)('names an %s above what its person may approve', (type, limit, said) => {
    const at = corrected.events.findIndex((event) => event.type === type);
    const before = corrected.events.slice(0, at);
    const data = { approver: null, previousLimitCents: null, ...said };
    const set = { ...corrected.events[at], type: limit, data } as DecidedEvent<LedgerEvent>;
    expect(audited([...before, set, ...corrected.events.slice(at)])).toContainEqual(
      expect.objectContaining({ invariant: 6, subject: 'approval for TESLA' }),
    );
  });

  const careful = after(
    corrected,
    { type: 'AdoptPolicy', fourEyes: ['ApproveBudget'], on: '2024-02-13' },
    { type: 'ApproveBudget', budgetId: 'B-9', companyId: 'TESLA', limitCents: 9, by: 'tesla-cfo', on: '2024-02-13' },
    { type: 'ApproveRequest', requestId: 'RQ-1', by: 'tesla-cfo.kim', on: '2024-02-14' },
  );

  it.each([
    ['nothing', 'RequestApproved', {}, []],
    ['who asked', 'RequestApproved', { actor: 'tesla-cfo' }, ['request RQ-1']],
    ['who asked, of its effect', 'BudgetApproved', { actor: 'tesla-cfo' }, ['funds/TESLA']],
    ['an effect without a cause', 'BudgetApproved', { causationId: null }, ['funds/TESLA']],
    ['an effect of another day', 'BudgetApproved', { effectiveAt: '2024-02-14' }, ['funds/TESLA']],
    ['an effect of another step', 'BudgetApproved', { commandId: 'another' }, ['funds/TESLA']],
    ['an effect of what was never asked for', 'BudgetApproved', { causationId: 'request/RQ-2' }, ['funds/TESLA']],
  ] as const)('names, under four eyes, %s', (_what, type, said, subjects) => {
    const at = careful.events.findLastIndex((event) => event.type === type);
    const events = careful.events.map((event, index) => (index === at ? { ...event, ...said } : event));
    expect(audited(events).map(({ invariant, subject }) => [invariant, subject])).toEqual(
      subjects.map((subject) => [7, subject]),
    );
  });

  it('names a policy that one person lifted', () => {
    const lifted = after(
      careful,
      { type: 'AdoptPolicy', fourEyes: [], by: 'admin', on: '2024-02-15' },
      { type: 'ApproveRequest', requestId: 'RQ-2', by: 'admin.kim', on: '2024-02-15' },
    );
    expect(audited(lifted.events)).toEqual([]);
    const alone = lifted.events.map((event, index) =>
      index < lifted.events.length - 1 ? event : { ...event, causationId: null },
    );
    expect(audited(alone)).toEqual([expect.objectContaining({ invariant: 7, subject: 'policy/four-eyes' })]);
  });

  it('names an approval of what was decided already', () => {
    const approved = careful.events.find(({ type }) => type === 'RequestApproved');
    const again = { ...careful.events.at(-1), ...approved } as DecidedEvent<LedgerEvent>;
    expect(audited([...careful.events, again])).toContainEqual(
      expect.objectContaining({ invariant: 7, subject: 'request RQ-1', found: 'approved when approved' }),
    );
  });

  it('names the event that broke it', () => {
    const approval = story.events.find(({ type }) => type === 'OrderApproved');
    expect(audited(changed(story, 'OrderApproved', { actor: 'tesla-buyer' }))).toEqual([
      { invariant: 7, subject: 'order PO-T1', found: expect.any(String), position: approval?.position },
    ]);
  });

  it('names a redirection that makes money', () => {
    const last = story.events.at(-1) as DecidedEvent<LedgerEvent>;
    const data = { redirectionId: 'SW-1', moves: [{ companyId: 'TESLA', deltaCents: 7 }] };
    const audit = new LedgerAudit();
    for (const event of story.events) audit.take(event);
    expect(audit.take({ ...last, type: 'FundsMoved', data })).toContainEqual(
      expect.objectContaining({ invariant: 6, subject: 'redirection SW-1', found: 'its money sums to 7' }),
    );
  });

  it('names one person who approves for two companies', () => {
    const approvals = story.events.filter(({ type }) => type === 'RedirectionApproved');
    const events = story.events.map((each) => (approvals.includes(each) ? { ...each, actor: 'x-cfo' } : each));
    expect(audited(events)).toContainEqual(expect.objectContaining({ invariant: 7, found: 'approved twice by x-cfo' }));
  });
});

function audited(events: Book['events']) {
  const audit = new LedgerAudit();
  return [...events.flatMap((event) => audit.take(event)), ...audit.conclude()];
}

/** The story with the first event of a type changed by hand: its actor, or its data. */
function changed({ events }: Book, type: LedgerEvent['type'], change: object): Book['events'] {
  const first = events.find((event) => event.type === type);
  if (first === undefined) throw new Error(`the story has no ${type}`);
  const other = 'actor' in change ? { ...first, ...change } : { ...first, data: { ...first.data, ...change } };
  return events.map((event) => (event === first ? (other as DecidedEvent<LedgerEvent>) : event));
}
