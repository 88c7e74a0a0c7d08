import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import {
  cancelShortfall,
  holdShipment,
  reportShipmentLost,
  reviseEta,
  splitShipment,
} from '../fixtures/change-commands.ts';
import {
  acceptReceipt,
  dispatchShipment,
  proposeRedirection,
  receiveShipment,
  recordOpeningBalance,
} from '../fixtures/commands.ts';
import { byTesla, byX, redirectedShipment, toX } from '../fixtures/swap.ts';
import { approved, shipped, swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { LedgerAudit } from '../invariants/ledger-audit.ts';
import { positionOf } from '../position.ts';
import { exposureUnits } from '../redirection/exposure.ts';
import { statusOf } from '../redirection/status.ts';

const on = '2024-01-05';
const inParts = after(shipped, splitShipment({ on }));
const future = { on: '2024-01-07', today: '2024-01-06' };
const atDock = after(shipped, receiveShipment({ on }));

describe('SplitShipment', () => {
  it('lets a part go on as a shipment of its own; no unit, money or day moves', () => {
    expect(when(shipped, splitShipment({ on }))).toEqual([
      {
        type: 'ShipmentSplit',
        stream: 'shipment/S1',
        data: {
          ...{ shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100' },
          ...{ siteId: 'AUSTIN', unitPriceCents: 7, newShipmentId: 'S2', quantity: 40, held: false },
          ...{ orderingCompanyId: 'TESLA', supplierId: 'NVIDIA', expectedDate: '2024-03-01' },
          ...{ leg: null, originCompanyId: 'TESLA' },
        },
      },
    ]);
    const whole = shipped.state.shipments.get('S1');
    const { state } = inParts;
    expect(state.shipments.get('S1')).toEqual({ ...whole, shippedUnits: 60, lastEffectiveAt: on });
    expect(state.shipments.get('S2')).toEqual({
      ...whole,
      ...{ shipmentId: 'S2', shippedUnits: 40, lastEffectiveAt: on },
    });
    expect(positionOf(state, 'TESLA', 'H100')).toEqual(positionOf(shipped.state, 'TESLA', 'H100'));
    expect(state.sites.get('AUSTIN')).toEqual(shipped.state.sites.get('AUSTIN'));
    expect(accountOf(state.funds, 'TESLA')).toEqual(accountOf(shipped.state.funds, 'TESLA'));
    expect(state.orders.get('PO-1')).toEqual(shipped.state.orders.get('PO-1'));
    expect(audited(inParts)).toEqual([]);
  });

  it('keeps the part held, on its last ETA', () => {
    const held = after(shipped, holdShipment({ on }), reviseEta({ on }), splitShipment({ on }));
    expect(held.events.at(-1)?.data).toMatchObject({ held: true, expectedDate: '2024-03-11' });
    expect(held.state.shipments.get('S2')).toMatchObject({ status: 'held', expectedDate: '2024-03-11' });
    expect(codeOf(held, receiveShipment({ shipmentId: 'S2', counted: 40, on }))).toBe('SHIPMENT_NOT_IN_TRANSIT');
  });

  it('lets the parts go to two companies, each with its money, its room and what it owes', () => {
    const parts = after(
      swappable,
      splitShipment(),
      proposeRedirection({ legs: [{ shipmentId: 'S2', ...toX }] }),
      byTesla,
    );
    const { state, events } = after(parts, byX);
    expect(positionOf(state, 'TESLA', 'H100').inTransit).toBe(60);
    expect(positionOf(state, 'X', 'H100').inTransit).toBe(40);
    expect(accountOf(state.funds, 'TESLA').committedCents).toBe(420);
    expect(state.sites.get('AUSTIN')?.inbound.units).toEqual([60]);
    expect(state.sites.get('XDC')?.inbound.units).toEqual([40, 60, 40]);
    const there = after(
      { state, events },
      receiveShipment({ shipmentId: 'S2', siteId: 'XDC', counted: 40 }),
      acceptReceipt({ shipmentId: 'S2', accepted: 40 }),
      receiveShipment({ counted: 60 }),
      acceptReceipt({ accepted: 60 }),
    );
    expect([statusIn(there), owed(there)]).toEqual(['delivered', 40]);
    expect([...there.state.stock.keys()].toSorted()).toEqual(['S1', 'S2']);
    expect(audited(there)).toEqual([]);
  });

  it('keeps both parts on the leg: it is delivered when both are accepted, lost and given up, or gone', () => {
    const parts = after(redirectedShipment, splitShipment());
    expect(parts.state.shipments.get('S2')).toMatchObject({
      ...{ companyId: 'X', siteId: 'XDC', originCompanyId: 'TESLA', leg: { redirectionId: 'R1', leg: 1 } },
    });
    const first = after(parts, receiveShipment({ siteId: 'XDC', counted: 60 }), acceptReceipt({ accepted: 60 }));
    expect([statusIn(first), owed(first)]).toEqual(['active', 60]);
    const gone = after(
      first,
      reportShipmentLost({ shipmentId: 'S2' }),
      cancelShortfall({ shipmentId: 'S2', quantity: 40 }),
    );
    expect([statusIn(gone), owed(gone)]).toEqual(['delivered', 60]);
  });

  it('changes the leg of a redirection that waits for approval', () => {
    const half = after(swappable, proposeRedirection({ legs: [{ shipmentId: 'S1', ...toX }] }), byTesla);
    expect(codeOf(after(half, splitShipment({ quantity: 1 })), byX)).toBe('LEG_CHANGED');
  });

  it('splits a part again, down to one unit each', () => {
    const thrice = after(inParts, splitShipment({ shipmentId: 'S2', newShipmentId: 'S3', quantity: 39, on }));
    expect(['S1', 'S2', 'S3'].map((id) => thrice.state.shipments.get(id)?.shippedUnits)).toEqual([60, 1, 39]);
    expect(codeOf(thrice, splitShipment({ shipmentId: 'S2', newShipmentId: 'S4', quantity: 1, on }))).toBe(
      'MORE_THAN_A_PART',
    );
  });

  it('has one past for both parts', () => {
    expect(codeOf(inParts, reviseEta({ shipmentId: 'S2', on: '2024-01-04' }))).toBe('EFFECTIVE_BEFORE_STREAM');
    expect(codeOf(inParts, reviseEta({ on: '2024-01-04' }))).toBe('EFFECTIVE_BEFORE_STREAM');
  });

  const lot = after(approved, recordOpeningBalance({ lotId: 'S2' }), dispatchShipment());
  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and tomorrow', shipped, splitShipment({ shipmentId: 'S9', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and the id is taken', inParts, splitShipment(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and the id is taken', inParts, splitShipment({ on: '2024-01-04' })],
    ['ALREADY_EXISTS', 'and at the dock', atDock, splitShipment({ newShipmentId: 'S1', on })],
    ['ALREADY_EXISTS', 'as a lot, and too many', lot, splitShipment({ quantity: 100 })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'at the dock, and too many', atDock, splitShipment({ quantity: 100, on })],
    ['SHIPMENT_NOT_IN_TRANSIT', 'lost', after(shipped, reportShipmentLost({ on })), splitShipment({ on })],
    ['MORE_THAN_A_PART', 'all of it', shipped, splitShipment({ quantity: 100, on })],
    ['MORE_THAN_A_PART', 'more than was shipped', shipped, splitShipment({ quantity: 101, on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  it('leaves one unit at least', () => {
    expect(codeOf(shipped, splitShipment({ quantity: 99, on }))).toBeNull();
  });
});

describe('the audit of a split', () => {
  const split = inParts.events.at(-1);
  it.each([
    [{ quantity: 100 }, { invariant: 1, subject: 'shipment S1', found: '0 units on the way' }],
    [{ quantity: 0 }, { invariant: 1, subject: 'shipment S2', found: '0 units on the way' }],
    [{ orderingCompanyId: 'X' }, { invariant: 3, subject: 'order PO-1' }],
  ])('finds one with %j', (change, found) => {
    const changed = inParts.events.map((event) =>
      event === split ? ({ ...event, data: { ...event.data, ...change } } as typeof event) : event,
    );
    expect(audited({ ...inParts, events: changed })).toContainEqual(expect.objectContaining(found));
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
