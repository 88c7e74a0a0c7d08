import { setApprovalLimit } from '../fixtures/approval-commands.ts';
import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { approveRedirection, proposeRedirection, receiveShipment } from '../fixtures/commands.ts';
import { byTesla, byX, swap, toWarehouse, toX } from '../fixtures/swap.ts';
import { shipped, swappable } from '../fixtures/worlds.ts';

const limited = (book: Book, companyId: string, limitCents: number) =>
  after(book, setApprovalLimit({ companyId, limitCents }));

/** S1, 100 units, to X, and J, 60 units at the same price, to TESLA: X takes over 700 − 420 cents. */
const unequal = after(
  swappable,
  proposeRedirection({
    legs: [
      { shipmentId: 'S1', ...toX },
      { orderId: 'PO-2', trancheId: 'J', ...toWarehouse },
    ],
  }),
);

describe('the approval of a redirection under a limit', () => {
  it('may commit what the company takes over, net of what it gives', () => {
    expect(codeOf(limited(unequal, 'X', 280), byX)).toBeNull();
    expect(when(limited(unequal, 'X', 279), byX)).toEqual({
      code: 'ABOVE_APPROVAL_LIMIT',
      fields: { companyId: 'X', limitCents: 279, amountCents: 280 },
    });
  });

  it('needs no limit where the company takes over nothing, or gives more than it gets', () => {
    expect(codeOf(limited(after(swappable, swap), 'X', 0), byX)).toBeNull();
    expect(codeOf(limited(unequal, 'TESLA', 0), byTesla)).toBeNull();
  });

  it('is held to the limit of its own company, whoever completes the parties', () => {
    const completed = after(unequal, byX);
    expect(codeOf(limited(completed, 'X', 0), byTesla)).toBeNull();
  });

  it('knows what the units cost after they left the way', () => {
    expect(codeOf(limited(after(unequal, receiveShipment()), 'X', 279), byX)).toBe('ABOVE_APPROVAL_LIMIT');
  });

  const unscreened = after(shipped, proposeRedirection({}), byTesla);
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ALREADY_APPROVED', 'twice, above the limit', limited(after(unequal, byX), 'X', 0), byX],
    [
      'SAME_APPROVER',
      'one person, above the limit',
      limited(unscreened, 'X', 0),
      approveRedirection({ companyId: 'X' }),
    ],
    ['ABOVE_APPROVAL_LIMIT', 'and not screened', limited(unscreened, 'X', 0), byX],
    ['ABOVE_APPROVAL_LIMIT', 'and changed', limited(after(unequal, byTesla, receiveShipment()), 'X', 0), byX],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
