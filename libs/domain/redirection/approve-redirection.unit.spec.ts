import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  approveBudget,
  approveOrder,
  approveRedirection,
  confirmTranche,
  dispatchShipment,
  placeOrder,
  proposeRedirection,
  receiveShipment,
  recordOpeningBalance,
  recordScreening,
  tranche,
} from '../fixtures/commands.ts';
import { byTesla, byX, half, swap, toWarehouse } from '../fixtures/swap.ts';
import { approved, founded, shipped, swappable } from '../fixtures/worlds.ts';
import { positionOf } from '../position.ts';

describe('ApproveRedirection', () => {
  it('notes the approval of a party; nothing moves yet', () => {
    const book = after(swappable, swap);
    expect(when(book, byTesla)).toEqual([
      {
        type: 'RedirectionApproved',
        stream: 'redirection/R1',
        data: { redirectionId: 'R1', companyId: 'TESLA' },
      },
    ]);
    expect(positionOf(half.state, 'X', 'H100')).toMatchObject({ open: 100, inTransit: 0 });
  });

  const moved = (over: object) =>
    after(half, confirmTranche({ orderId: 'PO-2', trancheId: 'J', promisedDate: '2024-04-01' }), {
      ...confirmTranche({ orderId: 'PO-2', trancheId: 'J' }),
      ...over,
    });
  const unscreened = after(shipped, proposeRedirection({}), byTesla);
  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['REDIRECTION_UNKNOWN', 'and no such company', swappable, approveRedirection({ companyId: 'Y' })],
    ['COMPANY_UNKNOWN', 'and tomorrow', half, approveRedirection({ companyId: 'Y', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and active already', after(half, byX), { ...byX, ...tomorrow }],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before it was proposed, by the proposer',
      half,
      approveRedirection({ by: 'tesla-logistics', on: '2023-12-31' }),
    ],
    [
      'REDIRECTION_NOT_PROPOSED',
      'active already, by the proposer',
      after(half, byX),
      approveRedirection({ by: 'tesla-logistics' }),
    ],
    [
      'SELF_APPROVAL',
      'by the proposer, for no party',
      half,
      approveRedirection({ by: 'tesla-logistics', companyId: 'XAI' }),
    ],
    ['NOT_A_PARTY', 'no leg leaves or reaches it', half, approveRedirection({ companyId: 'XAI' })],
    ['ALREADY_APPROVED', 'twice, by the same', half, byTesla],
    ['ALREADY_APPROVED', 'twice, by another', half, approveRedirection({ by: 'tesla-buyer' })],
    ['SAME_APPROVER', 'one person for two companies, unscreened', unscreened, approveRedirection({ companyId: 'X' })],
    ['END_USER_NOT_SCREENED', 'never, and changed', after(unscreened, receiveShipment()), byX],
    [
      'END_USER_NOT_SCREENED',
      'failed of late',
      after(half, recordScreening({ outcome: 'fail', ruleset: 'other' })),
      byX,
    ],
    [
      'END_USER_NOT_SCREENED',
      'no longer valid',
      after(half, recordScreening({ validUntil: '2024-01-31' })),
      { ...byX, on: '2024-02-01' },
    ],
    ['SHIPMENT_NOT_IN_TRANSIT', 'received meanwhile', after(half, receiveShipment()), byX],
    ['LEG_CHANGED', 'expected another day', moved({ promisedDate: '2024-04-02' }), byX],
    [
      'LEG_CHANGED',
      'fewer open',
      after(half, dispatchShipment({ shipmentId: 'S2', orderId: 'PO-2', trancheId: 'J', quantity: 1 })),
      byX,
    ],
    [
      'LEG_CHANGED',
      'none open',
      after(half, dispatchShipment({ shipmentId: 'S2', orderId: 'PO-2', trancheId: 'J', quantity: 60 })),
      byX,
    ],
    [
      'SITE_CAPACITY_EXCEEDED',
      'no room meanwhile',
      after(half, recordOpeningBalance({ siteId: 'WH1', quantity: 901 })),
      byX,
    ],
    [
      'SITE_CAPACITY_EXCEEDED',
      'and no budget',
      after(noBudget(7), recordOpeningBalance({ companyId: 'X', siteId: 'XDC', quantity: 901 })),
      byX,
    ],
    ['BUDGET_MISSING', 'the receiver has none', noBudget(7), byX],
    [
      'BUDGET_EXCEEDED',
      'the receiver has too little',
      after(noBudget(7), approveBudget({ companyId: 'X', limitCents: 699 })),
      byX,
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  const resited = proposeRedirection({ redirectionId: 'R0', legs: [{ shipmentId: 'S1', ...toWarehouse }] });
  const promised = confirmTranche({ orderId: 'PO-2', trancheId: 'J', promisedDate: '2024-04-01' });

  it.each<[why: string, meanwhile: Given]>([
    ['a shipment', { ...resited, on: '2024-01-15' }],
    ['an order', { ...promised, on: '2024-01-15' }],
  ])('EFFECTIVE_BEFORE_STREAM: before the last event of %s that a leg moves, at either approval', (_why, meanwhile) => {
    const proposed = after(swappable, swap, meanwhile);
    const lastDayBefore = { on: '2024-01-14', today: '2024-02-01' };
    expect(codeOf(proposed, { ...byTesla, ...lastDayBefore })).toBe('EFFECTIVE_BEFORE_STREAM');
    const approvedOnce = after(half, meanwhile);
    expect(codeOf(approvedOnce, { ...byX, ...lastDayBefore })).toBe('EFFECTIVE_BEFORE_STREAM');
    expect(codeOf(approvedOnce, approveRedirection({ by: 'tesla-logistics', ...lastDayBefore }))).toBe(
      'EFFECTIVE_BEFORE_STREAM',
    );
    expect(codeOf(approvedOnce, { ...byX, on: '2024-01-15' })).toBeNull();
  });

  it('may be dated before later events of the order that a shipment came from', () => {
    const book = after(
      approved,
      recordScreening({}),
      dispatchShipment({ quantity: 40 }),
      proposeRedirection({}),
      byTesla,
      { ...confirmTranche(), on: '2024-01-15' },
    );
    expect(codeOf(book, { ...byX, on: '2024-01-14' })).toBeNull();
  });

  it('may be valid to the day, and may cost exactly what is left', () => {
    const lastDay = after(half, recordScreening({ validUntil: '2024-02-01' }));
    expect(codeOf(lastDay, { ...byX, on: '2024-02-01' })).toBeNull();
    expect(codeOf(after(noBudget(7), approveBudget({ companyId: 'X', limitCents: 700 })), byX)).toBeNull();
  });

  it('asks for no budget for units that cost nothing; a surplus of them does', () => {
    const free = after(noBudget(0), byX);
    const surplus = receiveShipment({ siteId: 'XDC', counted: 101, acceptOver: true });
    expect(codeOf(free, surplus)).toBe('BUDGET_MISSING');
  });
});

/** S1 of TESLA is to go to X, which has no budget; TESLA has approved. */
function noBudget(unitPriceCents: number): Book {
  return after(
    founded,
    approveBudget({ budgetId: 'B-TESLA' }),
    placeOrder({ tranches: [tranche({ unitPriceCents })] }),
    approveOrder(),
    dispatchShipment(),
    recordScreening({}),
    proposeRedirection({}),
    byTesla,
  );
}
