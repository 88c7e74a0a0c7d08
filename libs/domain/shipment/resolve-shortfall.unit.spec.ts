import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { acceptReceipt, confirmTranche, dispatchShipment, receiveShipment } from '../fixtures/commands.ts';
import { cancelShortfall, cancelTranche, replaceShortfall } from '../fixtures/change-commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { redirectedShipment } from '../fixtures/swap.ts';
import { shipped } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';
import { exposureUnits } from '../redirection/exposure.ts';
import { statusOf } from '../redirection/status.ts';

const facts = {
  ...{ shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100' },
  ...{ siteId: 'AUSTIN', unitPriceCents: 7 },
};
/** Of the 100 of S1, 85 are accepted, 7 rejected, 8 short. */
const received = after(shipped, receiveShipment({ counted: 92, on: '2024-03-03' }));
const accepted = after(received, acceptReceipt({ accepted: 85, rejected: 7, on: '2024-03-04' }));
const on = '2024-03-05';
/** The same on leg 1 of R1 to X. */
const onLeg = after(
  redirectedShipment,
  receiveShipment({ siteId: 'XDC', counted: 92 }),
  acceptReceipt({ accepted: 85, rejected: 7 }),
);

describe('ResolveShortfall by cancelling', () => {
  it('cancels what is short first, then what was rejected, and sets its money free', () => {
    expect(when(accepted, cancelShortfall({ on }))).toEqual([
      {
        type: 'ShortfallCancelled',
        stream: 'shipment/S1',
        data: { ...facts, quantity: 10, shortUnits: 8, rejectedUnits: 2, leg: null },
      },
      {
        type: 'FundsReleased',
        stream: 'funds/TESLA',
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: 'S1', amountCents: 70 },
      },
    ]);
    const { state } = after(accepted, cancelShortfall({ on }));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 85, short: 0, rejected: 5, cancelled: 10 });
    expect(accountOf(state.funds, 'TESLA')).toMatchObject({ committedCents: 35, consumedCents: 595 });
    expect(state.sites.get('AUSTIN')).toEqual(accepted.state.sites.get('AUSTIN'));
  });

  it('resolves all of it, in parts', () => {
    const { state } = after(accepted, cancelShortfall({ quantity: 5, on }), cancelShortfall({ on }));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ short: 0, rejected: 0, cancelled: 15 });
    expect(accountOf(state.funds, 'TESLA').committedCents).toBe(0);
  });

  it('takes the units from their leg: nothing is outstanding any more', () => {
    expect(statusIn(onLeg)).toBe('active');
    const all = after(onLeg, cancelShortfall({ quantity: 15 }));
    expect(all.events.at(-2)).toMatchObject({ data: { companyId: 'X', leg: { redirectionId: 'R1', leg: 1 } } });
    expect(all.state.redirections.get('R1')?.legs[0]).toMatchObject({ deliveredUnits: 85, goneUnits: 15 });
    expect([statusIn(all), statusIn(after(onLeg, cancelShortfall({ quantity: 14 })))]).toEqual(['delivered', 'active']);
    expect(positionOf(all.state, 'X', 'H100').cancelled).toBe(15);
  });
});

describe('ResolveShortfall by replacing', () => {
  const replacement = after(accepted, replaceShortfall({ on }));

  it('promises the units again on a tranche of their own, and slips them under the shortfall', () => {
    expect(when(accepted, replaceShortfall({ on }))).toEqual([
      {
        type: 'ReplacementPromised',
        stream: 'order/PO-1',
        data: {
          ...{ ...facts, trancheId: 'A-2', replacedTrancheId: 'A', quantity: 10, shortUnits: 8, rejectedUnits: 2 },
          ...{ orderingCompanyId: 'TESLA', supplierId: 'NVIDIA', leg: null, originCompanyId: 'TESLA' },
          ...{ expectedDate: '2024-04-01', previousExpectedDate: '2024-03-01' },
          slips: [{ companyId: 'TESLA', skuId: 'H100', cause: 'shortfall', unitDays: 310, unitPriceCents: 7 }],
        },
      },
    ]);
    const { state } = replacement;
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 85, short: 0, rejected: 5, open: 10 });
    expect(accountOf(state.funds, 'TESLA')).toEqual(accountOf(accepted.state.funds, 'TESLA'));
    expect(state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19814], units: [10] });
    expect(state.shipments.get('S1')).toMatchObject({ shortUnits: 0, rejectedUnits: 5, replacedUnits: 10 });
    const order = state.orders.get('PO-1');
    expect(order?.status === 'approved' && order.tranches.get('A-2')).toEqual({
      ...{ trancheId: 'A-2', orderedUnits: 10, openUnits: 10, cancellations: [], dispatchedUnits: 0 },
      ...{ unitPriceCents: 7, companyId: 'TESLA', siteId: 'AUSTIN', leg: null, originCompanyId: 'TESLA' },
      ...{ requestedDate: '2024-04-01', firstPromisedDate: '2024-04-01', expectedDate: '2024-04-01' },
    });
  });

  it('slips the next promise under the supplier: the first was made', () => {
    const confirmed = after(replacement, confirmTranche({ trancheId: 'A-2', promisedDate: '2024-04-03', on }));
    expect(slippageOf(confirmed.events)).toEqual({ TESLA: { arrival: 255, shortfall: 310, supplier: 20 } });
  });

  it('can be cancelled like any tranche', () => {
    const { state } = after(replacement, cancelTranche({ trancheId: 'A-2', quantity: 10, on }));
    expect(accountOf(state.funds, 'TESLA')).toMatchObject({ committedCents: 35, consumedCents: 595 });
  });

  it('carries leg and origin on to what is delivered and owed', () => {
    const sent = after(
      onLeg,
      replaceShortfall({ quantity: 15 }),
      dispatchShipment({ shipmentId: 'S2', trancheId: 'A-2', quantity: 15 }),
    );
    expect(sent.state.shipments.get('S2')).toMatchObject({
      ...{ companyId: 'X', siteId: 'XDC', orderingCompanyId: 'TESLA', originCompanyId: 'TESLA' },
      leg: { redirectionId: 'R1', leg: 1 },
    });
    expect([statusIn(sent), owed(sent)]).toEqual(['active', 85]);
    const arrived = after(
      sent,
      receiveShipment({ shipmentId: 'S2', siteId: 'XDC', counted: 15 }),
      acceptReceipt({ shipmentId: 'S2', accepted: 15 }),
    );
    expect([statusIn(arrived), owed(arrived)]).toEqual(['delivered', 100]);
  });

  it('is a fact: never refused for the room it takes', () => {
    expect(codeOf(accepted, replaceShortfall({ on, expectedDate: '2023-01-01' }))).toBeNull();
  });
});

describe('ResolveShortfall', () => {
  const other = after(accepted, promisedAgain(), sentLater());
  const future = { on: '2024-03-09', today: '2024-03-08' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and tomorrow', accepted, cancelShortfall({ shipmentId: 'S9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and at the dock', received, cancelShortfall(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and too many', accepted, cancelShortfall({ quantity: 16, on: '2024-03-03' })],
    ['EFFECTIVE_BEFORE_STREAM', 'before the last event of its order', other, replaceShortfall({ on })],
    ['NOT_ACCEPTED', 'at the dock, and too many', received, cancelShortfall({ quantity: 16, on })],
    ['NOT_ACCEPTED', 'on the way', shipped, replaceShortfall()],
    ['MORE_THAN_SHORT', 'by one unit', accepted, cancelShortfall({ quantity: 16, on })],
    [
      'MORE_THAN_SHORT',
      'replaced, by one unit, as a tranche that is there',
      accepted,
      replaceShortfall({ quantity: 16, newTrancheId: 'A', on }),
    ],
    ['MORE_THAN_SHORT', 'resolved already', after(accepted, cancelShortfall({ on })), replaceShortfall({ on })],
    ['ALREADY_EXISTS', 'as a tranche that is there', accepted, replaceShortfall({ newTrancheId: 'A', on })],
    [
      'ALREADY_EXISTS',
      'as another replacement',
      after(accepted, replaceShortfall({ on })),
      replaceShortfall({ quantity: 5, on }),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  it('cancels whatever happened to its order since', () => {
    expect(codeOf(other, cancelShortfall({ quantity: 5, on }))).toBeNull();
  });

  function promisedAgain(): Given {
    return replaceShortfall({ quantity: 5, newTrancheId: 'A-9', on });
  }

  function sentLater(): Given {
    return dispatchShipment({ shipmentId: 'S3', trancheId: 'A-9', quantity: 5, on: '2024-03-20' });
  }
});

function owed({ state }: Book): number {
  return exposureUnits(state.exposures, 'X', 'TESLA', 'H100');
}

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}
