import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { acceptReceipt, proposeRedirection, receiveShipment, reportCapacityUnavailable } from '../fixtures/commands.ts';
import { holdShipment, reviseEta } from '../fixtures/change-commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { byTesla, byX, toX } from '../fixtures/swap.ts';
import { shipped, swappable } from '../fixtures/worlds.ts';
import { REPORTED_CAUSES } from '../slippage.ts';
import { breaches } from '../site/headroom.ts';

describe('ReviseEta', () => {
  it('expects the shipment on another day, and slips it under the cause', () => {
    expect(when(shipped, reviseEta())).toEqual([
      {
        type: 'EtaRevised',
        stream: 'shipment/S1',
        data: {
          ...{ shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100', siteId: 'AUSTIN' },
          ...{ unitPriceCents: 7, quantity: 100, eta: '2024-03-11', previousExpectedDate: '2024-03-01' },
          cause: 'carrier',
          slips: [{ companyId: 'TESLA', skuId: 'H100', cause: 'carrier', unitDays: 1000, unitPriceCents: 7 }],
        },
      },
    ]);
    const { state } = after(shipped, reviseEta());
    expect(state.sites.get('AUSTIN')?.inbound).toEqual({ days: [19793], units: [100] });
    expect(state.shipments.get('S1')?.expectedDate).toBe('2024-03-11');
  });

  it.each(REPORTED_CAUSES)('books it under %s', (cause) => {
    expect(slippageOf(after(shipped, reviseEta({ cause })).events)).toEqual({ TESLA: { [cause]: 1000 } });
  });

  it('leaves to the arrival what is later or earlier than the new day', () => {
    const arrived = after(shipped, reviseEta(), receiveShipment({ on: '2024-03-09' }));
    const { events } = after(arrived, acceptReceipt({ on: '2024-03-09' }));
    expect(slippageOf(events)).toEqual({ TESLA: { carrier: 1000, arrival: -200 } });
  });

  it('slips for the company entitled now', () => {
    const redirected = after(swappable, proposeRedirection({ legs: [{ shipmentId: 'S1', ...toX }] }), byTesla, byX);
    expect(slippageOf(after(redirected, reviseEta()).events)).toEqual({ X: { carrier: 1000 } });
    expect(after(redirected, reviseEta()).state.sites.get('XDC')?.inbound.days).toContain(19793);
  });

  it('takes a held shipment too, and makes a breach rather than being refused', () => {
    const held = after(shipped, holdShipment(), reportCapacityUnavailable({ usableUnits: 10, from: '2024-03-05' }));
    const { state } = after(held, reviseEta());
    expect(state.shipments.get('S1')).toMatchObject({ status: 'held', expectedDate: '2024-03-11' });
    expect(breaches(state.sites, '2024-03-05')).toEqual([{ siteId: 'AUSTIN', units: 90 }]);
  });

  const atDock = after(shipped, receiveShipment());
  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and tomorrow', shipped, reviseEta({ shipmentId: 'S9', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and at the dock', atDock, reviseEta(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'before its receipt', atDock, reviseEta({ on: '2023-12-31' })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'at the dock', atDock, reviseEta()],
    ['SHIPMENT_NOT_IN_TRANSIT', 'accepted', after(atDock, acceptReceipt()), reviseEta()],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
