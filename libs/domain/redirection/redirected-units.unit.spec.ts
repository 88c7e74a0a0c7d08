import { after, when, type Book, type Given } from '../fixtures/book.ts';
import {
  acceptReceipt,
  approveBudget,
  approveRedirection,
  dispatchShipment,
  proposeRedirection,
  receiveShipment,
  recordScreening,
} from '../fixtures/commands.ts';
import { approved, shipped, swappable } from '../fixtures/worlds.ts';
import { exposureUnits } from './exposure.ts';
import { statusOf } from './status.ts';

type Legs = Extract<Given, { type: 'ProposeRedirection' }>['legs'];

const screened = (book: Book) =>
  after(
    book,
    ...['TESLA', 'X', 'XAI'].map((companyId) => recordScreening({ companyId })),
    approveBudget({ budgetId: 'B-XAI', companyId: 'XAI' }),
  );
const toX = { toCompanyId: 'X', toSiteId: 'XDC' };
const toXai = { toCompanyId: 'XAI', toSiteId: 'MEMPHIS' };
const back = { toCompanyId: 'TESLA', toSiteId: 'AUSTIN' };

describe('redirected units', () => {
  it('are owed to whom they were redirected from, once accepted, and delivered on their leg', () => {
    const received = after(onLeg('R1', shipped, 'TESLA', toX), receiveShipment({ siteId: 'XDC', counted: 99 }));
    expect(when(received, acceptReceipt({ accepted: 98, rejected: 1 }))).toMatchObject([
      { type: 'ReceiptAccepted', data: { companyId: 'X', siteId: 'XDC' } },
      { type: 'FundsConsumed', stream: 'funds/X', data: { companyId: 'X', amountCents: 98 * 7 } },
      {
        type: 'RedirectionLegDelivered',
        stream: 'redirection/R1',
        data: { redirectionId: 'R1', leg: 1, shipmentId: 'S1', quantity: 98 },
      },
      {
        type: 'ExposureChanged',
        stream: 'exposure/X:TESLA',
        data: { debtorId: 'X', creditorId: 'TESLA', skuId: 'H100', units: 98, shipmentId: 'S1' },
      },
    ]);
    const { state } = after(received, acceptReceipt({ accepted: 98, rejected: 1 }));
    expect([exposureUnits(state.exposures, 'X', 'TESLA'), exposureUnits(state.exposures, 'TESLA', 'X')]).toEqual([
      98, -98,
    ]);
    expect(exposureUnits(state.exposures, 'XAI', 'TESLA')).toBe(0);
    expect(statusIn(after(received, acceptReceipt({ accepted: 98, rejected: 1 })), 'R1')).toBe('active');
  });

  it('deliver nothing and owe nothing when none is accepted', () => {
    const received = after(onLeg('R1', shipped, 'TESLA', toX), receiveShipment({ siteId: 'XDC' }));
    expect(when(received, acceptReceipt({ accepted: 0, rejected: 100 }))).toHaveLength(1);
  });

  it('leave an earlier leg for the next, and stay owed to where they came from first', () => {
    const twice = onLeg('R2', onLeg('R1', shipped, 'TESLA', toX), 'X', toXai);
    expect(twice.state.shipments.get('S1')).toMatchObject({
      companyId: 'XAI',
      originCompanyId: 'TESLA',
      leg: { redirectionId: 'R2', leg: 1 },
    });
    expect(statusIn(twice, 'R1')).toBe('delivered');
    const { state } = accepted(twice, 'MEMPHIS');
    expect(exposureUnits(state.exposures, 'XAI', 'TESLA')).toBe(100);
    expect(exposureUnits(state.exposures, 'XAI', 'X')).toBe(0);
  });

  it('that return to where they came from owe nothing, but are delivered on the leg that brought them', () => {
    const returned = onLeg('R2', onLeg('R1', shipped, 'TESLA', toX), 'X', back);
    const book = accepted(returned, 'AUSTIN');
    expect(book.state.exposures.size).toBe(0);
    expect([statusIn(book, 'R1'), statusIn(book, 'R2')]).toEqual(['delivered', 'delivered']);
  });

  it('keep leg and origin when only the site changes', () => {
    const book = after(onLeg('R1', swappable, 'TESLA', toX), propose('R2', [{ shipmentId: 'S1', ...toX }]));
    expect(book.state.shipments.get('S1')).toMatchObject({
      leg: { redirectionId: 'R1', leg: 1 },
      originCompanyId: 'TESLA',
    });
    expect(statusIn(book, 'R1')).toBe('active');
  });

  it('pass leg and origin on through dispatch', () => {
    const redirected = activated('R1', screened(approved), 'TESLA', [{ orderId: 'PO-1', trancheId: 'A', ...toX }]);
    const book = after(
      redirected,
      dispatchShipment({ quantity: 60 }),
      dispatchShipment({ shipmentId: 'S2', quantity: 40 }),
    );
    expect(book.state.shipments.get('S2')).toMatchObject({
      ...{ companyId: 'X', orderingCompanyId: 'TESLA', siteId: 'XDC', originCompanyId: 'TESLA' },
      leg: { redirectionId: 'R1', leg: 1 },
    });
    const first = accepted(book, 'XDC', 60);
    expect(statusIn(first, 'R1')).toBe('active');
    const both = after(
      first,
      receiveShipment({ shipmentId: 'S2', siteId: 'XDC', counted: 40 }),
      acceptReceipt({ shipmentId: 'S2', accepted: 40 }),
    );
    expect(statusIn(both, 'R1')).toBe('delivered');
    expect(exposureUnits(both.state.exposures, 'X', 'TESLA', 'H100')).toBe(100);
  });

  it('settle what is owed when as many come back', () => {
    const swapped = activated('R1', swappable, 'TESLA', [
      { shipmentId: 'S1', ...toX },
      { orderId: 'PO-2', trancheId: 'J', toCompanyId: 'TESLA', toSiteId: 'WH1' },
    ]);
    const shippedBack = after(
      accepted(swapped, 'XDC'),
      dispatchShipment({ shipmentId: 'S2', orderId: 'PO-2', trancheId: 'J', quantity: 60 }),
      receiveShipment({ shipmentId: 'S2', siteId: 'WH1', counted: 60 }),
      acceptReceipt({ shipmentId: 'S2', accepted: 60 }),
    );
    expect(exposureUnits(shippedBack.state.exposures, 'X', 'TESLA')).toBe(40);
    expect(statusIn(shippedBack, 'R1')).toBe('delivered');
  });
});

function propose(redirectionId: string, legs: Legs): Given {
  return proposeRedirection({ redirectionId, legs });
}

/** S1 goes on a leg of its own from one company to another. */
function onLeg(redirectionId: string, book: Book, from: string, to: typeof toX): Book {
  return activated(redirectionId, redirectionId === 'R1' ? screened(book) : book, from, [{ shipmentId: 'S1', ...to }]);
}

function activated(redirectionId: string, book: Book, from: string, legs: Legs): Book {
  const to = legs[0]?.toCompanyId ?? from;
  return after(
    book,
    propose(redirectionId, legs),
    approveRedirection({ redirectionId, companyId: from, by: `${from}-cfo` }),
    approveRedirection({ redirectionId, companyId: to, by: `${to}-cfo` }),
  );
}

function accepted(book: Book, siteId: string, units = 100): Book {
  return after(book, receiveShipment({ siteId, counted: units }), acceptReceipt({ accepted: units }));
}

function statusIn({ state }: Book, redirectionId: string) {
  const redirection = state.redirections.get(redirectionId);
  return redirection && statusOf(redirection);
}
