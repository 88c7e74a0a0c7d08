import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  cancelShortfall,
  correctReceipt,
  holdShipment,
  releaseShipment,
  replaceShortfall,
  reportShipmentLost,
  reviseEta,
} from '../fixtures/change-commands.ts';
import { acceptReceipt, dispatchShipment, proposeRedirection, receiveShipment } from '../fixtures/commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { byTesla, byX, redirectedShipment, toX } from '../fixtures/swap.ts';
import { shipped, swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { LedgerAudit } from '../invariants/ledger-audit.ts';
import { positionOf } from '../position.ts';
import { exposureUnits } from '../redirection/exposure.ts';
import { statusOf } from '../redirection/status.ts';

const on = '2024-02-20';
const lost = after(shipped, reportShipmentLost({ on }));
const atDock = after(shipped, receiveShipment({ on }));
const future = { on: '2024-02-22', today: '2024-02-21' };

describe('ReportShipmentLost', () => {
  it('makes the whole shipment short, and slips nothing', () => {
    expect(when(shipped, reportShipmentLost({ on }))).toEqual([
      {
        type: 'ShipmentLost',
        stream: 'shipment/S1',
        data: {
          ...{ shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100' },
          ...{ siteId: 'AUSTIN', unitPriceCents: 7, quantity: 100, expectedDate: '2024-03-01' },
        },
      },
    ]);
    expect(positionOf(lost.state, 'TESLA', 'H100')).toMatchObject({ inTransit: 0, atDock: 0, accepted: 0, short: 100 });
    expect(lost.state.shipments.get('S1')).toMatchObject({ status: 'lost', countedUnits: 0, shortUnits: 100 });
    expect(slippageOf(lost.events)).toEqual({});
    expect(audited(lost)).toEqual([]);
  });

  it('takes its load from the site, leaves its money committed, and makes no lot', () => {
    expect(shipped.state.sites.get('AUSTIN')?.inbound.units).toEqual([100]);
    expect(lost.state.sites.get('AUSTIN')).toMatchObject({ inbound: { units: [] }, dockUnits: 0, standingUnits: 0 });
    expect(accountOf(lost.state.funds, 'TESLA')).toEqual(accountOf(shipped.state.funds, 'TESLA'));
    expect(lost.state.stock.has('S1')).toBe(false);
  });

  it('takes a held shipment too, expected on its last ETA', () => {
    const held = after(shipped, holdShipment({ on }), reviseEta({ on }));
    expect(when(held, reportShipmentLost({ on }))).toMatchObject([{ data: { expectedDate: '2024-03-11' } }]);
    expect(after(held, reportShipmentLost({ on })).state.sites.get('AUSTIN')?.inbound.units).toEqual([]);
  });

  it('is resolved like any shortfall: replaced from its expected date on, or cancelled with its money', () => {
    const resolved = after(lost, replaceShortfall({ quantity: 70, on }), cancelShortfall({ quantity: 30, on }));
    expect(positionOf(resolved.state, 'TESLA', 'H100')).toMatchObject({ short: 0, open: 70, cancelled: 30 });
    expect(slippageOf(resolved.events)).toEqual({ TESLA: { shortfall: 70 * 31 } });
    expect(accountOf(resolved.state.funds, 'TESLA')).toMatchObject({ committedCents: 490, consumedCents: 0 });
    expect(codeOf(resolved, cancelShortfall({ quantity: 1, on }))).toBe('MORE_THAN_SHORT');
    expect(audited(resolved)).toEqual([]);
  });

  it('leaves a leg outstanding until all its units are replaced and accepted, or given up; what never came is not owed', () => {
    const gone = after(redirectedShipment, reportShipmentLost());
    expect([statusIn(gone), owed(gone)]).toEqual(['active', 0]);
    const part = after(gone, cancelShortfall({ quantity: 60 }), replaceShortfall({ quantity: 40 }));
    expect(part.state.redirections.get('R1')?.legs[0]).toMatchObject({ deliveredUnits: 0, goneUnits: 60 });
    expect(statusIn(part)).toBe('active');
    const came = after(
      part,
      dispatchShipment({ shipmentId: 'S2', trancheId: 'A-2', quantity: 40 }),
      receiveShipment({ shipmentId: 'S2', siteId: 'XDC', counted: 40 }),
      acceptReceipt({ shipmentId: 'S2', accepted: 40 }),
    );
    expect([statusIn(came), owed(came)]).toEqual(['delivered', 40]);
    expect(audited(came)).toEqual([]);
  });

  it('keeps a redirection of it from being activated', () => {
    const half = after(swappable, proposeRedirection({ legs: [{ shipmentId: 'S1', ...toX }] }), byTesla);
    expect(codeOf(after(half, reportShipmentLost()), byX)).toBe('SHIPMENT_NOT_IN_TRANSIT');
  });

  it('is the end of it: it is neither received, found nor sent again under its id', () => {
    expect(codeOf(lost, receiveShipment({ on }))).toBe('SHIPMENT_NOT_IN_TRANSIT');
    expect(codeOf(lost, acceptReceipt({ accepted: 0, on }))).toBe('NOT_AT_DOCK');
    expect(codeOf(lost, correctReceipt({ delta: 1, on }))).toBe('NOT_ACCEPTED');
    expect(codeOf(lost, releaseShipment({ on }))).toBe('SHIPMENT_NOT_HELD');
    expect(codeOf(lost, dispatchShipment({ quantity: 1, on }))).toBe('ALREADY_EXISTS');
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and tomorrow', shipped, reportShipmentLost({ shipmentId: 'S9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and lost already', lost, reportShipmentLost(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and lost already', lost, reportShipmentLost({ on: '2024-02-19' })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'lost already', lost, reportShipmentLost({ on })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'at the dock', atDock, reportShipmentLost({ on })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'accepted', after(atDock, acceptReceipt({ on })), reportShipmentLost({ on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

function owed({ state }: Book): number {
  return exposureUnits(state.exposures, 'X', 'TESLA', 'H100');
}

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}

function audited({ events }: Book) {
  const audit = new LedgerAudit();
  return [...events.flatMap((event) => audit.take(event)), ...audit.conclude()];
}
