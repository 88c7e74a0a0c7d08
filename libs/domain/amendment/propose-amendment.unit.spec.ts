import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { cancelTranche, proposeAmendment } from '../fixtures/change-commands.ts';
import { confirmTranche, placeOrder, reportCapacityUnavailable, tranche } from '../fixtures/commands.ts';
import { byTesla, byX, toWarehouse } from '../fixtures/swap.ts';
import { proposeRedirection } from '../fixtures/commands.ts';
import { approved, ordered, shipped, swappable } from '../fixtures/worlds.ts';
import type { ProposeAmendment } from './commands.ts';

const on = '2024-01-05';
const future = { on: '2024-01-07', today: '2024-01-06' };
const A = {
  ...{ trancheId: 'A', quantity: 100, previousQuantity: 100, unitPriceCents: 7, previousUnitPriceCents: 7 },
  ...{ requestedDate: '2024-03-01', previousRequestedDate: '2024-03-01' },
  ...{ firstPromisedDate: null, expectedDate: '2024-03-01' },
};
const of = { amendmentId: 'AM-1', orderId: 'PO-1', companyId: 'TESLA', supplierId: 'NVIDIA' };
const proposed = after(approved, proposeAmendment({ on }));
const promised = after(approved, confirmTranche({ promisedDate: '2024-03-05' }));
const changing = (...changes: ProposeAmendment['changes']) => proposeAmendment({ changes });
const adding = (...newTranches: NonNullable<ProposeAmendment['newTranches']>) =>
  proposeAmendment({ changes: [], newTranches });

describe('ProposeAmendment', () => {
  it('notes what is open as it is and as it would be, and moves nothing', () => {
    expect(when(approved, proposeAmendment({ on }))).toEqual([
      {
        type: 'AmendmentProposed',
        stream: 'amendment/AM-1',
        data: {
          ...{ ...of, reason: 'the plan changed', changes: [{ ...A, quantity: 70 }], newTranches: [] },
          addedCents: -210,
        },
      },
    ]);
    const { amendments, ...rest } = proposed.state;
    const { amendments: _, ...before } = approved.state;
    expect(rest).toEqual(before);
    expect(amendments.get('AM-1')).toMatchObject({ status: 'approved', proposedBy: 'tesla-buyer', approvedBy: null });
  });

  it('asks for another quantity, price and day at once, and for tranches that the order does not have', () => {
    const changes = [{ trancheId: 'A', quantity: 110, unitPriceCents: 8, requestedDate: '2024-04-01' }];
    const newTranches = [
      tranche({ trancheId: 'B', quantity: 5, siteId: 'WH1' }),
      tranche({ trancheId: 'C', siteId: undefined }),
    ];
    const command = proposeAmendment({ changes, newTranches });
    expect(when(approved, command)).toMatchObject([
      {
        data: {
          changes: [{ ...A, ...changes[0] }],
          newTranches: [newTranches[0], { ...newTranches[1], siteId: null }],
          addedCents: 880 - 700 + 35 + 700,
        },
      },
    ]);
    expect(after(approved, command).state.amendments.get('AM-1')?.status).toBe('proposed');
  });

  it('leaves as it is what is not named', () => {
    expect(when(approved, changing({ trancheId: 'A', unitPriceCents: 6 }))).toMatchObject([
      { data: { changes: [{ ...A, unitPriceCents: 6 }], addedCents: -100 } },
    ]);
  });

  it('speaks of open units alone', () => {
    const part = after(approved, cancelTranche({ quantity: 30 }));
    expect(when(part, changing({ trancheId: 'A', quantity: 60 }))).toMatchObject([
      { data: { changes: [{ quantity: 60, previousQuantity: 70 }], addedCents: -70 } },
    ]);
  });

  it('may ask for less of what is promised, or for another day', () => {
    expect(codeOf(promised, changing({ trancheId: 'A', quantity: 99 }))).toBeNull();
    expect(codeOf(promised, changing({ trancheId: 'A', requestedDate: '2024-03-02' }))).toBeNull();
  });

  it('asks for no more room than there is, what leaves its day counted', () => {
    const day = '2024-02-01';
    const tight = after(approved, reportCapacityUnavailable({ usableUnits: 120, from: day }));
    expect(codeOf(tight, changing({ trancheId: 'A', quantity: 120 }))).toBeNull();
    expect(codeOf(tight, changing({ trancheId: 'A', quantity: 121 }))).toBe('SITE_CAPACITY_EXCEEDED');
    const both = (quantity: number) =>
      proposeAmendment({
        changes: [{ trancheId: 'A', quantity: 90, requestedDate: day }],
        newTranches: [tranche({ trancheId: 'B', quantity, requestedDate: day })],
      });
    expect([codeOf(tight, both(30)), codeOf(tight, both(31))]).toEqual([null, 'SITE_CAPACITY_EXCEEDED']);
  });

  it('is given once', () => {
    expect(codeOf(proposed, proposeAmendment({ on }))).toBe('ALREADY_EXISTS');
    expect(codeOf(proposed, proposeAmendment({ amendmentId: 'AM-2', on }))).toBeNull();
  });

  const toTesla = proposeRedirection({ legs: [{ orderId: 'PO-2', trancheId: 'K', ...toWarehouse }] });
  const redirected = after(swappable, toTesla, byTesla, byX);
  const nothing = { trancheId: 'A', quantity: 100, unitPriceCents: 7, requestedDate: '2024-03-01' };
  const full = after(approved, reportCapacityUnavailable({ usableUnits: 0, from: '2024-02-01' }));
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ORDER_UNKNOWN', 'and tomorrow', approved, proposeAmendment({ orderId: 'PO-9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and the id is taken', proposed, proposeAmendment(future)],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'the order’s, and no change',
      approved,
      proposeAmendment({ on: '2023-12-31', changes: [] }),
    ],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'the amendment’s, and the id is taken',
      proposed,
      proposeAmendment({ on: '2024-01-04' }),
    ],
    [
      ...(['ALREADY_EXISTS', 'and the order waits'] as const),
      ...[after(proposed, placeOrder({ orderId: 'PO-3', on })), proposeAmendment({ orderId: 'PO-3', on })],
    ] as [string, string, Book, Given],
    ['ORDER_NOT_APPROVED', 'and nothing changes', ordered, proposeAmendment({ changes: [] })],
    ['NO_CHANGE', 'of no tranche', approved, proposeAmendment({ changes: [] })],
    ['TRANCHE_UNKNOWN', 'before another that is not there', approved, changing({ trancheId: 'Z' }, { trancheId: 'Y' })],
    ['NOTHING_OPEN', 'and nothing changes', shipped, changing({ trancheId: 'A' })],
    [
      ...(['TRANCHE_REDIRECTED', 'twice'] as const),
      redirected,
      proposeAmendment({ orderId: 'PO-2', changes: [{ trancheId: 'K' }, { trancheId: 'K' }] }),
    ],
    [
      'DUPLICATE_CHANGE',
      'and nothing changes',
      approved,
      changing({ trancheId: 'A', quantity: 70 }, { trancheId: 'A' }),
    ],
    ['NO_CHANGE', 'to what it is', approved, changing(nothing)],
    ['TRANCHE_CONFIRMED', 'one more', promised, changing({ trancheId: 'A', quantity: 101 })],
    [
      'TRANCHE_CONFIRMED',
      'and no room',
      after(promised, reportCapacityUnavailable({ usableUnits: 0, from: '2024-02-01' })),
      changing({ trancheId: 'A', quantity: 101 }),
    ],
    ['SITE_UNKNOWN', 'and its id is taken', approved, adding(tranche({ siteId: 'MOON' }))],
    ['SITE_NOT_THEIRS', 'and its id is taken', approved, adding(tranche({ siteId: 'XDC' }))],
    ['ALREADY_EXISTS', 'a tranche’s, and no room', full, adding(tranche({ trancheId: 'A' }))],
    ['ALREADY_EXISTS', 'twice, and no room', full, adding(tranche({ trancheId: 'B' }), tranche({ trancheId: 'B' }))],
    ['SITE_CAPACITY_EXCEEDED', 'for one more', full, adding(tranche({ trancheId: 'B', quantity: 1 }))],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  it('counts what it costs exactly, also beyond the safe integers', () => {
    const unitPriceCents = Number.MAX_SAFE_INTEGER;
    const dear = adding(tranche({ trancheId: 'B', quantity: 2, unitPriceCents, siteId: null }));
    expect(when(approved, dear)).toMatchObject([{ data: { addedCents: '18014398509481982' } }]);
  });
});
