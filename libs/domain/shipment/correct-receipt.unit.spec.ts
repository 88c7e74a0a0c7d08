import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { acceptReceipt, receiveShipment } from '../fixtures/commands.ts';
import { cancelShortfall, correctReceipt, replaceShortfall } from '../fixtures/change-commands.ts';
import { energiseUnits, moveStock, transferTitle } from '../fixtures/stock-commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { redirectedShipment, screenedX } from '../fixtures/swap.ts';
import { shipped } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';
import { exposureUnits } from '../redirection/exposure.ts';
import { statusOf } from '../redirection/status.ts';

/** 90 of the 100 of S1 were accepted on 2024-03-04, 2 rejected, 8 are short. */
const received = after(shipped, receiveShipment({ counted: 92, on: '2024-03-03' }));
const accepted = after(received, acceptReceipt({ accepted: 90, rejected: 2, on: '2024-03-04' }));
const later = { on: '2024-03-09' };
const lot = { lotId: 'S1', on: '2024-03-05' };

describe('CorrectReceipt', () => {
  it('moves units from accepted to short, with lot, room and money', () => {
    expect(when(accepted, correctReceipt(later))).toEqual([
      {
        type: 'ReceiptCorrected',
        stream: 'shipment/S1',
        data: {
          ...{ shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100' },
          ...{ siteId: 'AUSTIN', unitPriceCents: 7, delta: -3, reason: 'counted again', amountCents: -21 },
          ...{ leg: null, originCompanyId: 'TESLA' },
        },
      },
    ]);
    const { state } = after(accepted, correctReceipt(later));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 87, short: 11, rejected: 2 });
    expect(state.sites.get('AUSTIN')?.standingUnits).toBe(87);
    expect(accountOf(state.funds, 'TESLA')).toMatchObject({ committedCents: 91, consumedCents: 609 });
    expect(state.shipments.get('S1')).toMatchObject({ acceptedUnits: 87, countedUnits: 92 });
  });

  it('and back, to the last unit that is short', () => {
    const { state } = after(accepted, correctReceipt({ delta: 8, ...later }));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 98, short: 0, rejected: 2 });
    expect(accountOf(state.funds, 'TESLA')).toMatchObject({ committedCents: 14, consumedCents: 686 });
    const all = after(accepted, correctReceipt({ delta: -90, ...later }), correctReceipt({ delta: 90, ...later }));
    expect(positionOf(all.state, 'TESLA', 'H100')).toEqual(positionOf(accepted.state, 'TESLA', 'H100'));
  });

  it('slips nothing', () => {
    expect(slippageOf(after(accepted, correctReceipt({ delta: 8, ...later })).events)).toEqual(
      slippageOf(accepted.events),
    );
  });

  it('is no event after which nothing may be dated earlier: neither another nor a resolution nor a move', () => {
    const corrected = after(accepted, correctReceipt(later));
    expect(codeOf(corrected, correctReceipt({ on: '2024-03-04' }))).toBeNull();
    expect(codeOf(corrected, cancelShortfall({ on: '2024-03-04' }))).toBeNull();
    expect(codeOf(corrected, moveStock({ lotId: 'S1', on: '2024-03-04' }))).toBeNull();
    const cancelled = after(accepted, cancelShortfall({ on: '2024-03-08' }));
    expect(codeOf(cancelled, correctReceipt({ on: '2024-03-05' }))).toBeNull();
  });

  it('takes back only what still stands where it was received, with whom, and is not energised', () => {
    const left = (...gone: Given[]) => largestMinus(after(accepted, ...gone));
    expect(left()).toBe(90);
    expect(left(moveStock({ quantity: 20, ...lot }))).toBe(70);
    expect(left(energiseUnits({ quantity: 15, ...lot }))).toBe(75);
    const xScreened = after(accepted, screenedX);
    expect(largestMinus(after(xScreened, transferTitle({ quantity: 30, ...lot })))).toBe(60);
    expect(left(moveStock({ quantity: 90, ...lot }))).toBe(0);
  });

  it('adds units where they were received, also when all others left', () => {
    const moved = after(accepted, moveStock({ quantity: 90, ...lot }), correctReceipt({ delta: 5, ...later }));
    expect(moved.state.stock.get('S1')?.holdings).toEqual([
      { companyId: 'TESLA', siteId: 'WH1', units: 90, energisedUnits: 0 },
      { companyId: 'TESLA', siteId: 'AUSTIN', units: 5, energisedUnits: 0 },
    ]);
    expect(largestMinus(moved)).toBe(5);
  });

  it('changes what was delivered on the leg, which can open the redirection again, and what is owed for it', () => {
    const delivered = after(redirectedShipment, receiveShipment({ siteId: 'XDC' }), acceptReceipt());
    expect([statusIn(delivered), owed(delivered)]).toEqual(['delivered', 100]);
    const corrected = after(delivered, correctReceipt());
    expect(corrected.events.at(-1)).toMatchObject({
      data: { companyId: 'X', originCompanyId: 'TESLA', leg: { redirectionId: 'R1', leg: 1 } },
    });
    expect([statusIn(corrected), owed(corrected)]).toEqual(['active', 97]);
    expect(accountOf(corrected.state.funds, 'X').consumedCents).toBe(679);
    const back = after(corrected, correctReceipt({ delta: 3 }));
    expect([statusIn(back), owed(back)]).toEqual(['delivered', 100]);
  });

  const over = after(shipped, receiveShipment({ counted: 102, acceptOver: true }), acceptReceipt({ accepted: 102 }));
  const future = { on: '2024-03-09', today: '2024-03-08' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and no change', accepted, correctReceipt({ shipmentId: 'S9', delta: 0, ...later })],
    ['NOT_ACCEPTED', 'on the way, and no change', shipped, correctReceipt({ delta: 0, ...later })],
    ['NOT_ACCEPTED', 'at the dock, and no change', received, correctReceipt({ delta: 0, ...later })],
    ['NO_CHANGE', 'and a surplus', over, correctReceipt({ delta: 0, ...later })],
    ['NO_CHANGE', 'and tomorrow', accepted, correctReceipt({ delta: 0, ...future })],
    ['OVER_DELIVERY', 'one more than is short, and tomorrow', accepted, correctReceipt({ delta: 9, ...future })],
    ['OVER_DELIVERY', 'a surplus, more', over, correctReceipt({ delta: 1, ...later })],
    ['OVER_DELIVERY', 'a surplus, fewer than are there', over, correctReceipt({ delta: -103, ...later })],
    ['OVER_DELIVERY', 'short, but cancelled', after(accepted, cancelled(8)), correctReceipt({ delta: 1, ...later })],
    ['OVER_DELIVERY', 'short, but coming', after(accepted, replaced(3)), correctReceipt({ delta: 6, ...later })],
    ['UNITS_NOT_THERE', 'one fewer than none, and tomorrow', accepted, correctReceipt({ delta: -91, ...future })],
    ['EFFECTIVE_IN_FUTURE', 'tomorrow', accepted, correctReceipt(future)],
    ['BEFORE_RECEIPT', 'before it was accepted', accepted, correctReceipt({ on: '2024-03-03' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  function cancelled(quantity: number): Given {
    return cancelShortfall({ quantity, on: '2024-03-05' });
  }

  function replaced(quantity: number): Given {
    return replaceShortfall({ quantity, on: '2024-03-05' });
  }
});

/** The most units that a correction can take back. */
function largestMinus(book: Book): number {
  return (
    [...Array(100).keys()].findLast((n) => n === 0 || codeOf(book, correctReceipt({ delta: -n, ...later })) === null) ??
    0
  );
}

function owed({ state }: Book): number {
  return exposureUnits(state.exposures, 'X', 'TESLA', 'H100');
}

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}
