import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { dispatchShipment, proposeRedirection, recordOpeningBalance } from '../fixtures/commands.ts';
import { byTesla, byX, half, toWarehouse, toX } from '../fixtures/swap.ts';
import { swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';
import { statusOf } from './status.ts';

describe('the activation of a redirection', () => {
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
