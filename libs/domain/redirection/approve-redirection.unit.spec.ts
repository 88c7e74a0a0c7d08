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
import { founded, shipped, swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';
import { statusOf } from './status.ts';

const toX = { toCompanyId: 'X', toSiteId: 'XDC' };
const toWarehouse = { toCompanyId: 'TESLA', toSiteId: 'WH1' };
const swap = proposeRedirection({
  legs: [
    { shipmentId: 'S1', ...toX },
    { orderId: 'PO-2', trancheId: 'J', ...toWarehouse },
    { orderId: 'PO-2', trancheId: 'K', ...toWarehouse },
  ],
});
const byTesla = approveRedirection({});
const byX = approveRedirection({ companyId: 'X', by: 'x-cfo' });
const half = after(swappable, swap, byTesla);

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

  it('activates with the last approval: all legs, the money that differs, and the slips', () => {
    const units = { redirectionId: 'R1', skuId: 'H100', unitPriceCents: 7, previousLeg: null };
    const fromX = {
      ...units,
      orderId: 'PO-2',
      fromCompanyId: 'X',
      fromSiteId: 'XDC',
      originCompanyId: 'X',
      ...toWarehouse,
    };
    expect(when(half, byX)).toEqual([
      { type: 'RedirectionApproved', stream: 'redirection/R1', data: { redirectionId: 'R1', companyId: 'X' } },
      {
        type: 'ShipmentRedirected',
        stream: 'shipment/S1',
        data: {
          ...{ ...units, leg: 1, orderId: 'PO-1', trancheId: 'A', shipmentId: 'S1', quantity: 100, ...toX },
          ...{ expectedDate: '2024-03-01', fromCompanyId: 'TESLA', fromSiteId: 'AUSTIN', originCompanyId: 'TESLA' },
        },
      },
      {
        type: 'CommitmentRedirected',
        stream: 'order/PO-2',
        data: { ...fromX, leg: 2, trancheId: 'J', quantity: 60, expectedDate: '2024-04-01' },
      },
      {
        type: 'CommitmentRedirected',
        stream: 'order/PO-2',
        data: { ...fromX, leg: 3, trancheId: 'K', quantity: 40, expectedDate: '2024-06-01' },
      },
      {
        type: 'RedirectionActivated',
        stream: 'redirection/R1',
        data: {
          redirectionId: 'R1',
          slips: [
            { companyId: 'TESLA', skuId: 'H100', cause: 'redirection', unitDays: 60 * 31 + 40 * 92, unitPriceCents: 7 },
            { companyId: 'X', skuId: 'H100', cause: 'redirection', unitDays: -60 * 31 - 40 * 92, unitPriceCents: 7 },
          ],
        },
      },
    ]);
    const { state } = after(half, byX);
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ open: 100, inTransit: 0 });
    expect(positionOf(state, 'X', 'H100')).toMatchObject({ open: 0, inTransit: 100 });
    expect(state.orders.get('PO-2')).toMatchObject({ terms: { companyId: 'X' } });
  });

  it('moves committed money with the units, net per company', () => {
    const { state } = activated(
      swappable,
      { shipmentId: 'S1', ...toX },
      { orderId: 'PO-2', trancheId: 'J', ...toWarehouse },
    );
    expect(accountOf(state.funds, 'TESLA').committedCents).toBe(420);
    expect(accountOf(state.funds, 'X').committedCents).toBe(980);
  });

  it('takes a leg within one company along, with the gate but no money, debt or slip', () => {
    const book = after(
      swappable,
      proposeRedirection({
        legs: [
          { shipmentId: 'S1', ...toWarehouse },
          { orderId: 'PO-2', trancheId: 'J', ...toWarehouse },
        ],
      }),
      byTesla,
    );
    expect(when(book, byX)).toMatchObject([
      {},
      { type: 'ShipmentRedirected', data: { toCompanyId: 'TESLA', previousLeg: null } },
      { type: 'CommitmentRedirected' },
      {
        type: 'FundsMoved',
        data: {
          moves: [
            { companyId: 'TESLA', deltaCents: 420 },
            { companyId: 'X', deltaCents: -420 },
          ],
        },
      },
      { type: 'RedirectionActivated', data: { slips: [] } },
    ]);
    const { state } = after(book, byX);
    expect(state.shipments.get('S1')?.leg).toBeNull();
    const redirection = state.redirections.get('R1');
    expect(redirection && statusOf(redirection)).toBe('active');
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

  it('swaps between two full sites: all legs move together', () => {
    const full = after(
      swappable,
      recordOpeningBalance({ companyId: 'X', siteId: 'XDC', quantity: 900 }),
      recordOpeningBalance({ siteId: 'AUSTIN', lotId: 'L2', quantity: 900 }),
      dispatchShipment({ shipmentId: 'S2', orderId: 'PO-2', trancheId: 'J', quantity: 60, eta: '2024-03-01' }),
      dispatchShipment({ shipmentId: 'S3', orderId: 'PO-2', trancheId: 'K', quantity: 40, eta: '2024-03-01' }),
    );
    const toAustin = { toCompanyId: 'TESLA', toSiteId: 'AUSTIN' };
    const { state } = activated(
      full,
      { shipmentId: 'S1', ...toX },
      { shipmentId: 'S2', ...toAustin },
      { shipmentId: 'S3', ...toAustin },
    );
    expect(positionOf(state, 'X', 'H100').inTransit).toBe(100);
    expect(codeOf(after(full, proposeRedirection({ legs: [{ shipmentId: 'S1', ...toX }] }), byTesla), byX)).toBe(
      'SITE_CAPACITY_EXCEEDED',
    );
  });
});

function activated(book: Book, ...legs: Extract<Given, { type: 'ProposeRedirection' }>['legs']): Book {
  return after(book, proposeRedirection({ legs }), byTesla, byX);
}

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
