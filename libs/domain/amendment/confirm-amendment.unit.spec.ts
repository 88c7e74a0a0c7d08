import type { LedgerEvent } from '../events.ts';
import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  approveAmendment,
  cancelTranche,
  confirmAmendment,
  proposeAmendment,
  resiteTranche,
} from '../fixtures/change-commands.ts';
import {
  acceptReceipt,
  approveBudget,
  approveOrder,
  confirmTranche,
  dispatchShipment,
  placeOrder,
  proposeRedirection,
  receiveShipment,
  reportCapacityUnavailable,
  tranche,
} from '../fixtures/commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { byTesla, byX, toWarehouse } from '../fixtures/swap.ts';
import { approved, founded, swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { LedgerAudit } from '../invariants/ledger-audit.ts';
import { trancheById } from '../ledger-lookups.ts';
import { positionOf } from '../position.ts';
import type { ProposeAmendment } from './commands.ts';

const on = '2024-01-05';
const future = { on: '2024-01-07', today: '2024-01-06' };
const of = { amendmentId: 'AM-1', orderId: 'PO-1', companyId: 'TESLA', supplierId: 'NVIDIA' };
const A = { trancheId: 'A', unitPriceCents: 7, previousUnitPriceCents: 7, skuId: 'H100', siteId: 'AUSTIN' };
const dates = { requestedDate: '2024-03-01', previousRequestedDate: '2024-03-01', firstPromisedDate: null };
const expected = { expectedDate: '2024-03-01', previousExpectedDate: '2024-03-01', slips: [] };
const more = after(
  approved,
  proposeAmendment({
    changes: [{ trancheId: 'A', quantity: 110 }],
    newTranches: [tranche({ trancheId: 'B', quantity: 5, unitPriceCents: 9, siteId: null })],
    on,
  }),
);
const withSupplier = after(more, approveAmendment({ on }));
const less = after(approved, proposeAmendment({ on }));
const promised = after(approved, confirmTranche({ promisedDate: '2024-03-05' }));

describe('ConfirmAmendment', () => {
  it('opens more units, on the tranche and on a new one, and commits their money', () => {
    expect(when(withSupplier, confirmAmendment({ on }))).toEqual([
      { type: 'AmendmentConfirmed', stream: 'amendment/AM-1', data: of },
      {
        type: 'TrancheAmended',
        stream: 'order/PO-1',
        data: {
          ...{ ...A, ...dates, ...expected, quantity: 110, previousQuantity: 100 },
          ...{ amendmentId: 'AM-1', orderId: 'PO-1', companyId: 'TESLA' },
        },
      },
      {
        type: 'TrancheAdded',
        stream: 'order/PO-1',
        data: {
          ...{ ...of, trancheId: 'B', skuId: 'H100', siteId: null, quantity: 5, unitPriceCents: 9 },
          requestedDate: '2024-03-01',
        },
      },
      {
        type: 'FundsCommitted',
        stream: 'funds/TESLA',
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: null, amountCents: 70 + 45 },
      },
    ]);
    const book = after(withSupplier, confirmAmendment({ on }));
    expect(positionOf(book.state, 'TESLA', 'H100')).toMatchObject({ open: 115, cancelled: 0 });
    expect(trancheById(book.state, 'PO-1', 'A')).toMatchObject({ orderedUnits: 110, openUnits: 110 });
    expect(trancheById(book.state, 'PO-1', 'B')).toEqual({
      ...trancheById(approved.state, 'PO-1', 'A'),
      ...{ trancheId: 'B', orderedUnits: 5, openUnits: 5, unitPriceCents: 9, siteId: null },
    });
    expect(accountOf(book.state.funds, 'TESLA').committedCents).toBe(815);
    expect(book.state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19783], units: [110] });
    expect(audited(book.events)).toEqual([]);
  });

  it('opens fewer, sets their money free, and cancels none', () => {
    expect(when(less, confirmAmendment({ on }))).toMatchObject([
      { type: 'AmendmentConfirmed' },
      { type: 'TrancheAmended', data: { quantity: 70, previousQuantity: 100 } },
      { type: 'FundsReleased', data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: null, amountCents: 210 } },
    ]);
    const book = after(less, confirmAmendment({ on }));
    expect(positionOf(book.state, 'TESLA', 'H100')).toMatchObject({ open: 70, cancelled: 0 });
    expect(trancheById(book.state, 'PO-1', 'A')).toMatchObject({ orderedUnits: 70, openUnits: 70 });
    expect(codeOf(book, cancelTranche({ quantity: 71, on }))).toBe('MORE_THAN_OPEN');
    expect(audited(book.events)).toEqual([]);
  });

  it('leaves what was sent and cancelled with the tranche, at the price it was sent for', () => {
    const part = after(approved, dispatchShipment({ quantity: 40 }), cancelTranche({ quantity: 10 }));
    const book = amended(part, { trancheId: 'A', quantity: 45, unitPriceCents: 6 });
    expect(trancheById(book.state, 'PO-1', 'A')).toMatchObject({
      ...{ orderedUnits: 95, openUnits: 45, dispatchedUnits: 40, unitPriceCents: 6 },
    });
    expect(accountOf(book.state.funds, 'TESLA').committedCents).toBe(40 * 7 + 45 * 6);
    const sent = after(book, dispatchShipment({ shipmentId: 'S2', quantity: 45, on }));
    expect(sent.state.shipments.get('S2')?.unitPriceCents).toBe(6);
    expect(audited(sent.events)).toEqual([]);
  });

  it('moves no money where none is added or set free', () => {
    const book = after(approved, proposeAmendment({ changes: [{ trancheId: 'A', requestedDate: '2024-03-11' }], on }));
    expect(when(book, confirmAmendment({ on }))).toHaveLength(2);
  });

  it('changes the day that is asked for before the first promise, and slips nothing', () => {
    const book = amended(approved, { trancheId: 'A', requestedDate: '2024-03-11' });
    expect(trancheById(book.state, 'PO-1', 'A')).toMatchObject({
      ...{ requestedDate: '2024-03-11', expectedDate: '2024-03-11', firstPromisedDate: null },
    });
    expect(slippageOf(book.events)).toEqual({});
    expect(book.state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19793], units: [100] });
    const first = after(book, confirmTranche({ promisedDate: '2024-03-15', on }));
    expect(slippageOf(first.events)).toEqual({});
  });

  it('slips under the buyer after it, of the units that stay, at the amended price', () => {
    const change = { trancheId: 'A', quantity: 60, unitPriceCents: 6, requestedDate: '2024-03-15' };
    const book = amended(promised, change);
    expect(book.events.find(({ type }) => type === 'TrancheAmended')).toMatchObject({
      data: {
        ...{ firstPromisedDate: '2024-03-05', expectedDate: '2024-03-15', previousExpectedDate: '2024-03-05' },
        slips: [{ companyId: 'TESLA', skuId: 'H100', cause: 'buyer', unitDays: 600, unitPriceCents: 6 }],
      },
    });
    const there = after(
      book,
      dispatchShipment({ quantity: 60, eta: '2024-03-15', on }),
      receiveShipment({ counted: 60, on: '2024-03-17' }),
      acceptReceipt({ accepted: 60, on: '2024-03-17' }),
    );
    // 60 units × 12 days after the first promise
    expect(slippageOf(there.events)).toEqual({ TESLA: { buyer: 600, arrival: 120 } });
    expect(audited(there.events)).toEqual([]);
  });

  it('expects on the promised day what is only asked for on that day now', () => {
    const book = amended(promised, { trancheId: 'A', requestedDate: '2024-03-05' });
    expect(trancheById(book.state, 'PO-1', 'A')).toMatchObject({
      ...{ requestedDate: '2024-03-05', expectedDate: '2024-03-05' },
    });
    expect(slippageOf(book.events)).toEqual({});
  });

  it('follows a tranche to another site', () => {
    const elsewhere = after(less, resiteTranche({ on }), confirmAmendment({ on }));
    expect(elsewhere.state.sites.get('WH1')?.inbound.units).toEqual([70]);
    expect(elsewhere.state.sites.get('AUSTIN')?.inbound.units).toEqual([]);
  });

  it('changes the leg of a redirection that waits for approval, whose units are then another company’s', () => {
    const K = { orderId: 'PO-2', trancheId: 'K' };
    const half = after(swappable, proposeRedirection({ legs: [{ ...K, ...toWarehouse }] }), byTesla);
    const changes = [{ trancheId: 'K', quantity: 39 }];
    const both = after(half, proposeAmendment({ orderId: 'PO-2', changes, by: 'x-buyer' }));
    expect(codeOf(after(both, confirmAmendment()), byX)).toBe('LEG_CHANGED');
    expect(codeOf(after(both, byX), confirmAmendment())).toBe('AMENDMENT_CHANGED');
    const cheaper = [{ trancheId: 'K', unitPriceCents: 6 }];
    const priced = proposeAmendment({ orderId: 'PO-2', changes: cheaper, by: 'x-buyer' });
    const repriced = after(half, priced, confirmAmendment());
    expect(codeOf(repriced, byX)).toBe('LEG_CHANGED');
    const anew = proposeRedirection({ redirectionId: 'R2', legs: [{ ...K, ...toWarehouse }] });
    const approvals = [
      { ...byTesla, redirectionId: 'R2' },
      { ...byX, redirectionId: 'R2' },
    ] as Given[];
    expect(accountOf(after(repriced, anew, ...approvals).state.funds, 'TESLA').committedCents).toBe(700 + 40 * 6);
  });

  /** TESLA may spend exactly what the amended order and the further one cost. */
  const spent = after(
    ...([founded, approveBudget({ limitCents: 819 }), placeOrder(), approveOrder()] as const),
    proposeAmendment({ changes: [{ trancheId: 'A', quantity: 115 }] }),
    approveAmendment(),
    placeOrder({ orderId: 'PO-3', tranches: [tranche({ quantity: 2 })] }),
    approveOrder({ orderId: 'PO-3' }),
  );
  const full = (book: Book) => after(book, reportCapacityUnavailable({ usableUnits: 0, from: '2024-02-01', on }));

  it('checks budget and room again, and tells the supplier none of their figures', () => {
    expect(codeOf(spent, confirmAmendment({ on }))).toBeNull();
    const more3 = after(
      spent,
      placeOrder({ orderId: 'PO-4', tranches: [tranche({ quantity: 1 })] }),
      approveOrder({ orderId: 'PO-4' }),
    );
    expect(when(more3, confirmAmendment({ on }))).toEqual({ code: 'BUDGET_EXCEEDED', fields: { amendmentId: 'AM-1' } });
    expect(when(full(withSupplier), confirmAmendment({ on }))).toEqual({
      ...{ code: 'SITE_CAPACITY_EXCEEDED', fields: { amendmentId: 'AM-1' } },
    });
  });

  const confirmed = after(withSupplier, confirmAmendment({ on }));
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['AMENDMENT_UNKNOWN', 'and tomorrow', more, confirmAmendment({ amendmentId: 'AM-9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and not approved', more, confirmAmendment(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'the amendment’s, and not approved', more, confirmAmendment({ on: '2024-01-04' })],
    [
      ...(['EFFECTIVE_BEFORE_STREAM', 'the order’s, and it has changed'] as const),
      ...([after(withSupplier, cancelTranche({ quantity: 1, on: '2024-01-06' })), confirmAmendment({ on })] as const),
    ],
    [
      ...(['AMENDMENT_NOT_APPROVED', 'and it has changed'] as const),
      ...([after(more, cancelTranche({ quantity: 1, on })), confirmAmendment({ on })] as const),
    ],
    ['AMENDMENT_NOT_APPROVED', 'twice', confirmed, confirmAmendment({ on })],
    [
      ...(['AMENDMENT_CHANGED', 'and no room'] as const),
      ...([full(after(withSupplier, cancelTranche({ quantity: 1, on }))), confirmAmendment({ on })] as const),
    ],
    ['SITE_CAPACITY_EXCEEDED', 'for what is added', full(withSupplier), confirmAmendment({ on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('the audit of an amendment', () => {
  const confirmed = after(withSupplier, confirmAmendment({ on }));
  it.each<[invariant: number, subject: string, type: LedgerEvent['type'], change: object]>([
    [1, 'SKU H100', 'TrancheAmended', { previousQuantity: 99 }],
    [1, 'SKU H100', 'TrancheAdded', { trancheId: 'A' }],
    [3, 'order PO-1', 'TrancheAmended', { companyId: 'X' }],
    [3, 'order PO-1', 'TrancheAdded', { companyId: 'X' }],
    [5, 'site AUSTIN', 'TrancheAmended', { previousExpectedDate: '2024-03-01', siteId: 'WH1' }],
    [6, 'funds of TESLA', 'TrancheAmended', { unitPriceCents: 8 }],
    [7, 'amendment AM-1', 'AmendmentApproved', { actor: 'tesla-buyer' }],
    [7, 'amendment AM-1', 'AmendmentApproved', { amendmentId: 'AM-2' }],
    [7, 'amendment AM-1', 'AmendmentConfirmed', { amendmentId: 'AM-2' }],
  ])('names invariant %i and %s when the %s is another', (invariant, subject, type, change) => {
    const events = confirmed.events.map((event) => {
      if (event.type !== type) return event;
      return (
        'actor' in change ? { ...event, ...change } : { ...event, data: { ...event.data, ...change } }
      ) as typeof event;
    });
    expect(audited(events)).toContainEqual(expect.objectContaining({ invariant, subject }));
  });

  it('names one that costs more and was never approved', () => {
    const events = confirmed.events.map((event) =>
      event.type === 'AmendmentApproved' ? { ...event, type: 'AmendmentRejected' as const } : event,
    );
    expect(audited(events)).toContainEqual({
      ...{ invariant: 7, subject: 'amendment AM-1', found: 'confirmed when rejected, approved by nobody' },
      position: confirmed.events.find(({ type }) => type === 'AmendmentConfirmed')?.position,
    });
  });
});

function amended(book: Book, ...changes: ProposeAmendment['changes']): Book {
  return after(book, proposeAmendment({ changes, on }), confirmAmendment({ on }));
}

function audited(events: Book['events']) {
  const audit = new LedgerAudit();
  return [...events.flatMap((event) => audit.take(event)), ...audit.conclude()];
}
