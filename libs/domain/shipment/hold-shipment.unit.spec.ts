import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { proposeRedirection, receiveShipment } from '../fixtures/commands.ts';
import { holdShipment, releaseShipment } from '../fixtures/change-commands.ts';
import { byTesla, byX, toX } from '../fixtures/swap.ts';
import { shipped, swappable } from '../fixtures/worlds.ts';
import { positionOf } from '../position.ts';

const facts = {
  ...{ shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100' },
  ...{ siteId: 'AUSTIN', unitPriceCents: 7 },
};
const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
const held = after(shipped, holdShipment({ on: '2024-01-05' }));
const atDock = after(shipped, receiveShipment({ on: '2024-01-05' }));

describe('HoldShipment', () => {
  it('holds what is on the way: it stays in transit, expected, and cannot be received', () => {
    expect(when(shipped, holdShipment())).toEqual([
      { type: 'ShipmentHeld', stream: 'shipment/S1', data: { ...facts, reason: 'the site is not ready' } },
    ]);
    expect(held.state.shipments.get('S1')?.status).toBe('held');
    expect(positionOf(held.state, 'TESLA', 'H100')).toEqual(positionOf(shipped.state, 'TESLA', 'H100'));
    expect(held.state.sites.get('AUSTIN')).toEqual(shipped.state.sites.get('AUSTIN'));
    expect(codeOf(held, receiveShipment({ on: '2024-01-05' }))).toBe('SHIPMENT_NOT_IN_TRANSIT');
  });

  it('lets it be redirected; it stays held for the receiver', () => {
    const legs = [{ shipmentId: 'S1', ...toX }];
    const redirected = after(swappable, holdShipment(), proposeRedirection({ legs }), byTesla, byX);
    expect(redirected.state.shipments.get('S1')).toMatchObject({ status: 'held', companyId: 'X', siteId: 'XDC' });
    expect(codeOf(redirected, receiveShipment({ siteId: 'XDC' }))).toBe('SHIPMENT_NOT_IN_TRANSIT');
    expect(codeOf(after(redirected, releaseShipment()), receiveShipment({ siteId: 'XDC' }))).toBeNull();
  });

  it('does not keep a redirection from being activated that was proposed before', () => {
    const half = after(swappable, proposeRedirection({ legs: [{ shipmentId: 'S1', ...toX }] }), byTesla);
    expect(codeOf(after(half, holdShipment()), byX)).toBeNull();
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and tomorrow', shipped, holdShipment({ shipmentId: 'S9', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and held', held, holdShipment({ on: '2024-01-07', today: '2024-01-06' })],
    ['EFFECTIVE_BEFORE_STREAM', 'and held', held, holdShipment({ on: '2024-01-04' })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'held already', held, holdShipment({ on: '2024-01-05' })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'at the dock', atDock, holdShipment({ on: '2024-01-05' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('ReleaseShipment', () => {
  it('sends it on, as often as it was held', () => {
    expect(when(held, releaseShipment({ on: '2024-01-06' }))).toEqual([
      { type: 'ShipmentReleased', stream: 'shipment/S1', data: facts },
    ]);
    const released = after(held, releaseShipment({ on: '2024-01-06' }));
    expect(released.state.shipments.get('S1')?.status).toBe('inTransit');
    expect(codeOf(released, receiveShipment({ on: '2024-01-06' }))).toBeNull();
    expect(codeOf(released, holdShipment({ on: '2024-01-06' }))).toBeNull();
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and tomorrow', held, releaseShipment({ shipmentId: 'S9', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and not held', shipped, releaseShipment(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'before it was held', held, releaseShipment({ on: '2024-01-04' })],
    ['EFFECTIVE_BEFORE_STREAM', 'and at the dock', atDock, releaseShipment({ on: '2024-01-04' })],
    ['SHIPMENT_NOT_HELD', 'on the way', shipped, releaseShipment()],
    ['SHIPMENT_NOT_HELD', 'at the dock', atDock, releaseShipment({ on: '2024-01-05' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
