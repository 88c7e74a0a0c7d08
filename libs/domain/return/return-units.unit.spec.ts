import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  cancelShortfall,
  confirmReturn,
  correctReceipt,
  replaceShortfall,
  returnUnits,
} from '../fixtures/change-commands.ts';
import { acceptReceipt, receiveShipment } from '../fixtures/commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { energiseUnits, moveStock, transferTitle } from '../fixtures/stock-commands.ts';
import { redirectedShipment, screenedX } from '../fixtures/swap.ts';
import { shipped } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { LedgerAudit } from '../invariants/ledger-audit.ts';
import { positionOf } from '../position.ts';
import { exposureUnits } from '../redirection/exposure.ts';
import { statusOf } from '../redirection/status.ts';

/** 85 of the 100 of S1 were accepted on 2024-03-04, 7 rejected, 8 are short. */
const received = after(shipped, receiveShipment({ counted: 92, on: '2024-03-03' }));
const accepted = after(received, acceptReceipt({ accepted: 85, rejected: 7, on: '2024-03-04' }));
const on = '2024-03-09';
const future = { on: '2024-03-11', today: '2024-03-10' };
const lot = { lotId: 'S1', on: '2024-03-05' };
const units = {
  ...{ returnId: 'RT-1', shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', supplierId: 'NVIDIA' },
  ...{ skuId: 'H100', siteId: 'AUSTIN', quantity: 7 },
};
const wrong = (quantity: number) => returnUnits({ quantity, reason: 'wrong', on });
const rejected = (quantity: number) => returnUnits({ returnId: `RT-${quantity}`, quantity, on });

describe('ReturnUnits of rejected ones', () => {
  it('says what went back, and moves nothing', () => {
    expect(when(accepted, returnUnits({ on }))).toEqual([
      {
        type: 'UnitsReturned',
        stream: 'return/RT-1',
        data: { ...units, reason: 'rejected', acceptedUnits: 0, amountCents: 0, leg: null, originCompanyId: 'TESLA' },
      },
    ]);
    const { state } = after(accepted, returnUnits({ on }));
    for (const area of ['stock', 'sites', 'funds', 'exposures', 'redirections'] as const) {
      expect(state[area]).toEqual(accepted.state[area]);
    }
    expect(positionOf(state, 'TESLA', 'H100')).toEqual(positionOf(accepted.state, 'TESLA', 'H100'));
  });

  it('goes in parts, each unit once, whether it is resolved before or after', () => {
    const part = after(accepted, rejected(3), cancelShortfall({ quantity: 15, on }), rejected(4));
    expect(codeOf(part, rejected(1))).toBe('MORE_THAN_REJECTED');
    expect(positionOf(part.state, 'TESLA', 'H100')).toMatchObject({ accepted: 85, rejected: 0, cancelled: 15 });
    expect(audited(part.events)).toEqual([]);
  });

  it('leaves a replacement open', () => {
    const replaced = after(accepted, returnUnits({ on }), replaceShortfall({ quantity: 15, on }));
    expect(positionOf(replaced.state, 'TESLA', 'H100')).toMatchObject({ open: 15, rejected: 0 });
  });
});

describe('ReturnUnits of wrong ones', () => {
  it('takes accepted units from the lot: they are rejected, their money is committed again', () => {
    expect(when(accepted, wrong(5))).toEqual([
      {
        type: 'UnitsReturned',
        stream: 'return/RT-1',
        data: {
          ...{ ...units, quantity: 5, reason: 'wrong', acceptedUnits: 5, amountCents: 35 },
          ...{ leg: null, originCompanyId: 'TESLA' },
        },
      },
    ]);
    const book = after(accepted, wrong(5));
    expect(positionOf(book.state, 'TESLA', 'H100')).toMatchObject({ accepted: 80, rejected: 12, short: 8 });
    expect(book.state.sites.get('AUSTIN')?.standingUnits).toBe(80);
    expect(accountOf(book.state.funds, 'TESLA')).toMatchObject({ committedCents: 140, consumedCents: 560 });
    expect(slippageOf(book.events)).toEqual(slippageOf(accepted.events));
    expect(audited(book.events)).toEqual([]);
  });

  it('then waits to be resolved like any shortfall', () => {
    const book = after(accepted, wrong(5));
    expect(codeOf(book, cancelShortfall({ quantity: 21, on }))).toBe('MORE_THAN_SHORT');
    const cancelled = after(book, cancelShortfall({ quantity: 20, on }));
    expect(positionOf(cancelled.state, 'TESLA', 'H100')).toMatchObject({ accepted: 80, rejected: 0, cancelled: 20 });
    expect(accountOf(cancelled.state.funds, 'TESLA')).toMatchObject({ committedCents: 0, consumedCents: 560 });
    expect(audited(cancelled.events)).toEqual([]);
  });

  it('has gone back already, beside the rejected ones', () => {
    const book = after(accepted, wrong(5), rejected(7));
    expect(codeOf(book, returnUnits({ returnId: 'RT-9', quantity: 1, on }))).toBe('MORE_THAN_REJECTED');
  });

  it('may be the surplus', () => {
    const over = after(shipped, receiveShipment({ counted: 102, acceptOver: true }), acceptReceipt({ accepted: 102 }));
    const book = after(over, returnUnits({ quantity: 2, reason: 'wrong' }), cancelShortfall({ quantity: 2 }));
    expect(positionOf(book.state, 'TESLA', 'H100')).toMatchObject({ accepted: 100, over: 2, cancelled: 2 });
    expect(accountOf(book.state.funds, 'TESLA')).toMatchObject({ committedCents: 0, consumedCents: 700 });
    expect(audited(book.events)).toEqual([]);
  });

  it('takes only what still stands where it was received, with whom, and is not energised', () => {
    const most = (...gone: Given[]) => largest(after(accepted, ...gone));
    expect(most()).toBe(85);
    expect(most(moveStock({ quantity: 20, ...lot }))).toBe(65);
    expect(most(energiseUnits({ quantity: 15, ...lot }))).toBe(70);
    expect(most(screenedX, transferTitle({ quantity: 30, ...lot }))).toBe(55);
  });

  it('is no longer delivered on its leg, which can open the redirection again, and not owed any more', () => {
    const delivered = after(redirectedShipment, receiveShipment({ siteId: 'XDC' }), acceptReceipt());
    expect([statusIn(delivered), owed(delivered)]).toEqual(['delivered', 100]);
    const book = after(delivered, returnUnits({ quantity: 3, reason: 'wrong' }));
    expect(book.events.at(-1)).toMatchObject({
      data: { companyId: 'X', originCompanyId: 'TESLA', leg: { redirectionId: 'R1', leg: 1 } },
    });
    expect([statusIn(book), owed(book)]).toEqual(['active', 97]);
    expect(accountOf(book.state.funds, 'X')).toMatchObject({ committedCents: 721, consumedCents: 679 });
    const gone = after(book, cancelShortfall({ quantity: 3 }));
    expect([statusIn(gone), owed(gone)]).toEqual(['delivered', 97]);
    expect(audited(gone.events)).toEqual([]);
  });

  it('is an event of shipment and lot: nothing of either is dated before it, corrections excepted', () => {
    const book = after(accepted, wrong(5));
    expect(codeOf(book, cancelShortfall({ on: '2024-03-08' }))).toBe('EFFECTIVE_BEFORE_STREAM');
    expect(codeOf(book, moveStock({ lotId: 'S1', on: '2024-03-08' }))).toBe('EFFECTIVE_BEFORE_STREAM');
    expect(codeOf(book, correctReceipt({ on: '2024-03-08' }))).toBeNull();
    const moved = after(accepted, moveStock({ quantity: 1, lotId: 'S1', on: '2024-03-10' }));
    expect(codeOf(moved, wrong(1))).toBe('EFFECTIVE_BEFORE_STREAM');
    expect(codeOf(moved, rejected(1))).toBeNull();
  });
});

describe('ReturnUnits', () => {
  const returned = after(accepted, returnUnits({ on }));
  const taken = { returnId: 'RT-1', on };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and tomorrow', accepted, returnUnits({ shipmentId: 'S9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and the id is taken', returned, returnUnits(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and the id is taken', returned, returnUnits({ on: '2024-03-08' })],
    ['ALREADY_EXISTS', 'and more than was rejected', returned, returnUnits({ ...taken, quantity: 8 })],
    ['NOT_ACCEPTED', 'at the dock, more than was counted', received, returnUnits({ quantity: 93, on })],
    ['NOT_ACCEPTED', 'on the way, wrong ones', shipped, wrong(101)],
    ['MORE_THAN_REJECTED', 'by one', accepted, returnUnits({ quantity: 8, on })],
    ['UNITS_NOT_THERE', 'by one', accepted, wrong(86)],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('ConfirmReturn', () => {
  const returned = after(accepted, returnUnits({ on }));
  const arrived = after(returned, confirmReturn({ on: '2024-03-20' }));

  it('says that all of them arrived', () => {
    expect(when(returned, confirmReturn({ on: '2024-03-20' }))).toEqual([
      { type: 'ReturnConfirmed', stream: 'return/RT-1', data: units },
    ]);
    const { returns, ...rest } = arrived.state;
    const { returns: _, ...before } = returned.state;
    expect(rest).toEqual(before);
    expect(returns.get('RT-1')).toEqual({ units, status: 'arrived', lastEffectiveAt: '2024-03-20' });
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['RETURN_UNKNOWN', 'and tomorrow', returned, confirmReturn({ returnId: 'RT-9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and arrived already', arrived, confirmReturn({ on: '2024-03-22', today: '2024-03-21' })],
    ['EFFECTIVE_BEFORE_STREAM', 'and arrived already', arrived, confirmReturn({ on: '2024-03-19' })],
    ['EFFECTIVE_BEFORE_STREAM', 'before they left', returned, confirmReturn({ on: '2024-03-08' })],
    ['RETURN_NOT_UNDERWAY', 'twice', arrived, confirmReturn({ on: '2024-03-20' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('the audit of a return', () => {
  const book = after(accepted, wrong(5));
  it.each<[invariant: number, subject: string, change: object]>([
    [1, 'shipment S1', { quantity: 13 }],
    [2, 'lot S1 of TESLA at WH1', { siteId: 'WH1' }],
    [2, 'lot S1 of X at AUSTIN', { companyId: 'X' }],
    [4, 'exposure of TESLA to X, H100', { originCompanyId: 'X' }],
    [6, 'funds of TESLA', { amountCents: 34 }],
    [2, 'SKU H100', { shipmentId: 'S9' }],
  ])('names invariant %i and %s when it says %j', (invariant, subject, change) => {
    const events = book.events.map((event) =>
      event.type === 'UnitsReturned' ? { ...event, data: { ...event.data, ...change } } : event,
    );
    expect(audited(events)).toContainEqual(expect.objectContaining({ invariant, subject }));
  });
});

/** The most units that can go back as wrong ones. */
function largest(book: Book): number {
  return [...Array(100).keys()].findLast((n) => n === 0 || codeOf(book, wrong(n)) === null) ?? 0;
}

function owed({ state }: Book): number {
  return exposureUnits(state.exposures, 'X', 'TESLA', 'H100');
}

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}

function audited(events: Book['events']) {
  const audit = new LedgerAudit();
  return [...events.flatMap((event) => audit.take(event)), ...audit.conclude()];
}
