import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { dispatchShipment, placeOrder, proposeRedirection, tranche } from '../fixtures/commands.ts';
import { approveOrder } from '../fixtures/commands.ts';
import { cancelTranche } from '../fixtures/change-commands.ts';
import type { toX } from '../fixtures/swap.ts';
import { byTesla, byX } from '../fixtures/swap.ts';
import { approved, funded, ordered, shipped, swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';
import { statusOf } from '../redirection/status.ts';

const ofTesla = { companyId: 'TESLA', skuId: 'H100', siteId: 'AUSTIN', unitPriceCents: 7, leg: null };
const J = { orderId: 'PO-2', trancheId: 'J' };

describe('CancelTranche', () => {
  it('cancels open units, sets their money free and their room', () => {
    expect(when(approved, cancelTranche())).toEqual([
      {
        type: 'TrancheCancelled',
        stream: 'order/PO-1',
        data: { ...ofTesla, orderId: 'PO-1', trancheId: 'A', quantity: 30, expectedDate: '2024-03-01' },
      },
      {
        type: 'FundsReleased',
        stream: 'funds/TESLA',
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: null, amountCents: 210 },
      },
    ]);
    const { state } = after(approved, cancelTranche());
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ open: 70, cancelled: 30 });
    expect(accountOf(state.funds, 'TESLA')).toMatchObject({ committedCents: 490, consumedCents: 0 });
    expect(state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19783], units: [70] });
  });

  it('cancels all that is left of a tranche, and no more is open', () => {
    const half = after(approved, dispatchShipment({ quantity: 40 }));
    const { state } = after(half, cancelTranche({ quantity: 60 }));
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ open: 0, inTransit: 40, cancelled: 60 });
    expect(codeOf(after(half, cancelTranche({ quantity: 60 })), cancelTranche({ quantity: 1 }))).toBe('MORE_THAN_OPEN');
  });

  it('releases no money of units that cost nothing', () => {
    const free = after(funded, placeOrder({ tranches: [tranche({ unitPriceCents: 0 })] }), approveOrder());
    expect(when(free, cancelTranche())).toHaveLength(1);
  });

  it('takes the units from the leg that they are on, whose money is now the receiver’s', () => {
    const redirected = after(swappable, proposal({ ...J, toCompanyId: 'TESLA', toSiteId: 'WH1' }), byTesla, byX);
    expect(when(redirected, cancelTranche({ ...J, quantity: 20 }))).toMatchObject([
      { data: { companyId: 'TESLA', siteId: 'WH1', leg: { redirectionId: 'R1', leg: 1 } } },
      { stream: 'funds/TESLA', data: { companyId: 'TESLA', amountCents: 140 } },
    ]);
    const part = after(redirected, cancelTranche({ ...J, quantity: 20 }));
    expect([legOf(part), statusIn(part)]).toEqual([{ deliveredUnits: 0, goneUnits: 20 }, 'active']);
    const whole = after(part, cancelTranche({ ...J, quantity: 40 }));
    expect([legOf(whole), statusIn(whole)]).toEqual([{ deliveredUnits: 0, goneUnits: 60 }, 'delivered']);
    expect(accountOf(whole.state.funds, 'TESLA').committedCents).toBe(700);
  });

  it('stays with the company that was entitled then, when the rest is redirected', () => {
    const part = after(swappable, cancelTranche({ ...J, quantity: 20 }));
    const redirected = after(part, proposal({ ...J, toCompanyId: 'TESLA', toSiteId: 'WH1' }), byTesla, byX);
    const both = after(redirected, cancelTranche({ ...J, quantity: 5 }));
    expect(positionOf(both.state, 'X', 'H100').cancelled).toBe(20);
    expect(positionOf(both.state, 'TESLA', 'H100').cancelled).toBe(5);
  });

  it('changes the leg of a redirection that waits for approval', () => {
    const half = after(swappable, proposal({ ...J, toCompanyId: 'TESLA', toSiteId: 'WH1' }), byTesla);
    expect(codeOf(after(half, cancelTranche({ ...J, quantity: 1 })), byX)).toBe('LEG_CHANGED');
    expect(codeOf(after(half, cancelTranche({ ...J, quantity: 60 })), byX)).toBe('LEG_CHANGED');
  });

  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ORDER_UNKNOWN', 'and tomorrow', approved, cancelTranche({ orderId: 'PO-9', ...tomorrow })],
    ['TRANCHE_UNKNOWN', 'and tomorrow', approved, cancelTranche({ trancheId: 'B', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and not approved', ordered, cancelTranche(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'and not approved', ordered, cancelTranche({ on: '2023-12-31' })],
    ['ORDER_NOT_APPROVED', 'and more than ordered', ordered, cancelTranche({ quantity: 101 })],
    ['MORE_THAN_OPEN', 'by one unit', approved, cancelTranche({ quantity: 101 })],
    ['MORE_THAN_OPEN', 'all dispatched', shipped, cancelTranche({ quantity: 1 })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

function proposal(leg: typeof J & Pick<typeof toX, 'toCompanyId' | 'toSiteId'>): Given {
  return proposeRedirection({ legs: [leg] });
}

function legOf({ state }: Book) {
  const leg = state.redirections.get('R1')?.legs[0];
  return leg && { deliveredUnits: leg.deliveredUnits, goneUnits: leg.goneUnits };
}

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}
