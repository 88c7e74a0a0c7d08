import type { TrancheAmended } from '#libs/domain';
import { STORY, STORY_EVENTS } from '../fixtures/redirected-h100s.ts';
import type { MadeEvent } from '../fixtures/ledger-pages.ts';
import { amended } from './effect.ts';
import { lineEffects, linesTouched } from './fold.ts';
import type { Line, LineId } from './line.ts';

function folded(events: readonly MadeEvent[]): ReadonlyMap<LineId, Line> {
  const lines = new Map<LineId, Line>();
  for (const event of events) {
    for (const effect of lineEffects(event, (lineId) => lines.get(lineId))) {
      const line = amended(lines.get(effect.lineId), effect);
      if (line !== undefined) lines.set(effect.lineId, line);
    }
  }
  return lines;
}

const J = STORY.CONFIRMED_J.data;

const LATER_J: MadeEvent = {
  type: 'TrancheConfirmed',
  stream: 'order/PO-X1',
  effectiveAt: '2023-10-01',
  data: {
    ...J,
    promisedDate: '2024-02-10',
    previousExpectedDate: '2024-01-31',
    firstPromise: false,
    slips: [{ companyId: 'X', skuId: 'H100', cause: 'supplier', unitDays: 60_000, unitPriceCents: 1 }],
  },
};

const DISPATCHED_J = {
  type: 'ShipmentDispatched',
  stream: 'shipment/SH-2',
  effectiveAt: '2024-01-22',
  data: {
    shipmentId: 'SH-2',
    orderId: 'PO-X1',
    trancheId: 'J',
    skuId: 'H100',
    unitPriceCents: 1,
    companyId: 'TESLA',
    siteId: 'WH1',
    orderingCompanyId: 'X',
    supplierId: 'NVIDIA',
    quantity: 2_000,
    eta: '2024-02-12',
    previousExpectedDate: '2024-02-10',
    asn: null,
    leg: null,
    originCompanyId: 'X',
    slips: [{ companyId: 'TESLA', skuId: 'H100', cause: 'dispatch', unitDays: 4_000, unitPriceCents: 1 }],
  },
} as const satisfies MadeEvent;

const TRANCHE_J = { orderId: 'PO-X1', trancheId: 'J', shipmentId: null, skuId: 'H100', supplierId: 'NVIDIA' };

describe('a line of the schedule', () => {
  it('opens with its order: the ordering company is entitled and billed, the requested date expected', () => {
    expect(folded([STORY.ORDER_X]).get('PO-X1/J')).toEqual({
      ...TRANCHE_J,
      orderingCompanyId: 'X',
      companyId: 'X',
      billedCompanyId: 'X',
      siteId: 'XDC',
      status: 'unconfirmed',
      requestedDate: '2024-01-31',
      firstPromisedDate: null,
      promisedDate: null,
      expectedDate: '2024-01-31',
      actualDate: null,
      quantity: 6_000,
      dateChanges: 0,
      causes: {},
    });
  });

  it('keeps the first promise while later ones move what is expected', () => {
    const { ORDER_X, CONFIRMED_J } = STORY;
    expect(folded([ORDER_X, CONFIRMED_J, LATER_J]).get('PO-X1/J')).toMatchObject({
      status: 'confirmed',
      firstPromisedDate: '2024-01-31',
      promisedDate: '2024-02-10',
      expectedDate: '2024-02-10',
      dateChanges: 1,
      causes: { supplier: 60_000 },
    });
  });

  it('changes the company entitled and billed, and the site, with a redirection; never who ordered', () => {
    expect(folded(STORY_EVENTS).get('PO-X1/J')).toMatchObject({
      orderingCompanyId: 'X',
      companyId: 'TESLA',
      billedCompanyId: 'TESLA',
      siteId: 'WH1',
      expectedDate: '2024-01-31',
    });
  });

  it('gives units dispatched a line of their own, with their promises and their share of the lateness', () => {
    const { ORDER_X, CONFIRMED_J, REDIRECTED_J } = STORY;
    const lines = folded([ORDER_X, CONFIRMED_J, LATER_J, REDIRECTED_J, DISPATCHED_J]);
    expect(lines.get('PO-X1/J')).toMatchObject({ status: 'confirmed', quantity: 4_000, causes: { supplier: 40_000 } });
    expect(lines.get('PO-X1/J/SH-2')).toEqual({
      ...TRANCHE_J,
      shipmentId: 'SH-2',
      orderingCompanyId: 'X',
      companyId: 'TESLA',
      billedCompanyId: 'TESLA',
      siteId: 'WH1',
      status: 'inTransit',
      requestedDate: '2024-01-31',
      firstPromisedDate: '2024-01-31',
      promisedDate: '2024-02-10',
      expectedDate: '2024-02-12',
      actualDate: null,
      quantity: 2_000,
      dateChanges: 2,
      causes: { supplier: 20_000, dispatch: 4_000 },
    });
  });

  it('of a tranche is dispatched when nothing is open', () => {
    expect(folded(STORY_EVENTS).get('PO-T1/T1')).toMatchObject({ status: 'dispatched', quantity: 0 });
  });

  it('of a shipment counts what was shipped, counted, accepted', () => {
    const upTo = (count: number) => folded(STORY_EVENTS.slice(0, count)).get('PO-T1/T1/SH-1');
    expect(upTo(7)).toMatchObject({ status: 'inTransit', quantity: 12_000, actualDate: null });
    expect(upTo(8)).toMatchObject({ status: 'atDock', quantity: 11_990, actualDate: null });
    expect(upTo(9)).toMatchObject({
      status: 'accepted',
      quantity: 11_980,
      actualDate: '2023-12-21',
      causes: { arrival: 11_980 },
    });
  });

  it('of a part that was split off says what the whole says, with its share of the lateness', () => {
    const { ORDER_X, CONFIRMED_J, REDIRECTED_J } = STORY;
    const { shipmentId, eta: expectedDate, ...data } = DISPATCHED_J.data;
    const split: MadeEvent = {
      ...{ type: 'ShipmentSplit', stream: 'shipment/SH-2', effectiveAt: '2024-01-23' },
      data: { ...data, shipmentId, expectedDate, newShipmentId: 'SH-2B', quantity: 500, held: false },
    };
    const before = [ORDER_X, CONFIRMED_J, LATER_J, REDIRECTED_J, DISPATCHED_J];
    const whole = folded(before).get('PO-X1/J/SH-2');
    const lines = folded([...before, split]);
    expect(lines.get('PO-X1/J/SH-2')).toEqual({
      ...whole,
      ...{ quantity: 1_500, causes: { supplier: 15_000, dispatch: 3_000 } },
    });
    expect(lines.get('PO-X1/J/SH-2B')).toEqual({
      ...whole,
      ...{ shipmentId: 'SH-2B', quantity: 500, causes: { supplier: 5_000, dispatch: 1_000 } },
    });
    expect(lines.get('PO-X1/J')).toEqual(folded(before).get('PO-X1/J'));
    expect(linesTouched(split)).toEqual(['PO-X1/J/SH-2', 'PO-X1/J/SH-2B']);
    expect(() => folded([split])).toThrow(expect.objectContaining({ code: 'LINE_UNKNOWN', lineId: 'PO-X1/J/SH-2' }));
  });

  it('of open units that were split off says what the tranche says, promises and share of the lateness', () => {
    const { ORDER_X, CONFIRMED_J } = STORY;
    const split: MadeEvent = {
      ...{ type: 'TrancheSplit', stream: 'order/PO-X1', effectiveAt: '2023-10-02' },
      data: {
        ...{ orderId: 'PO-X1', trancheId: 'J', newTrancheId: 'J2', companyId: 'X', skuId: 'H100', quantity: 1_000 },
        ...{ orderingCompanyId: 'X', supplierId: 'NVIDIA', siteId: 'XDC', unitPriceCents: 1, leg: null },
        ...{ requestedDate: '2024-01-31', firstPromisedDate: '2024-01-31', expectedDate: '2024-02-10' },
        originCompanyId: 'X',
      },
    };
    const whole = folded([ORDER_X, CONFIRMED_J, LATER_J]).get('PO-X1/J');
    const lines = folded([ORDER_X, CONFIRMED_J, LATER_J, split]);
    expect(lines.get('PO-X1/J')).toEqual({ ...whole, quantity: 5_000, causes: { supplier: 50_000 } });
    const part = { trancheId: 'J2', quantity: 1_000, causes: { supplier: 10_000 } };
    expect(lines.get('PO-X1/J2')).toEqual({ ...whole, ...part });
    expect(linesTouched(split)).toEqual(['PO-X1/J', 'PO-X1/J2']);
    expect(() => folded([split])).toThrow(expect.objectContaining({ code: 'LINE_UNKNOWN', lineId: 'PO-X1/J' }));
  });

  it('of an amended tranche says what was agreed: units that left took their lateness along', () => {
    const { ORDER_X, CONFIRMED_J } = STORY;
    const before = folded([ORDER_X, CONFIRMED_J, LATER_J]).get('PO-X1/J');
    const amended = (change: Partial<TrancheAmended['data']>): MadeEvent => ({
      ...{ type: 'TrancheAmended', stream: 'order/PO-X1', effectiveAt: '2023-10-02' },
      data: {
        ...{ amendmentId: 'AM-1', orderId: 'PO-X1', trancheId: 'J', companyId: 'X', skuId: 'H100', siteId: 'XDC' },
        ...{ quantity: 5_000, previousQuantity: 6_000, unitPriceCents: 1, previousUnitPriceCents: 1, slips: [] },
        ...{ requestedDate: '2024-01-31', previousRequestedDate: '2024-01-31', firstPromisedDate: '2024-01-31' },
        ...{ expectedDate: '2024-02-10', previousExpectedDate: '2024-02-10', ...change },
      },
    });
    const fewer = folded([ORDER_X, CONFIRMED_J, LATER_J, amended({})]).get('PO-X1/J');
    expect(fewer).toEqual({ ...before, quantity: 5_000, causes: { supplier: 50_000 } });
    const slips = [{ companyId: 'X', skuId: 'H100', cause: 'buyer', unitDays: 25_000, unitPriceCents: 1 } as const];
    const day = { requestedDate: '2024-02-15', expectedDate: '2024-02-15' };
    const later = folded([ORDER_X, CONFIRMED_J, LATER_J, amended({ ...day, slips })]).get('PO-X1/J');
    const causes = { supplier: 50_000, buyer: 25_000 };
    expect(later).toEqual({ ...before, ...day, promisedDate: '2024-02-15', quantity: 5_000, dateChanges: 2, causes });
    const asPromised = amended({ requestedDate: '2024-02-10', quantity: 6_000 });
    expect(folded([ORDER_X, CONFIRMED_J, LATER_J, asPromised]).get('PO-X1/J')).toEqual({
      ...{ ...before, requestedDate: '2024-02-10', promisedDate: '2024-02-10', dateChanges: 1 },
    });
    expect(() => folded([amended({})])).toThrow(expect.objectContaining({ code: 'LINE_UNKNOWN', lineId: 'PO-X1/J' }));
  });

  it('of a tranche amended before its first promise has more units and another day, and no date change', () => {
    const { ORDER_X } = STORY;
    const before = folded([ORDER_X]).get('PO-X1/J');
    const amended: MadeEvent = {
      ...{ type: 'TrancheAmended', stream: 'order/PO-X1', effectiveAt: '2023-10-02' },
      data: {
        ...{ amendmentId: 'AM-1', orderId: 'PO-X1', trancheId: 'J', companyId: 'X', skuId: 'H100', siteId: 'XDC' },
        ...{ quantity: 7_000, previousQuantity: 6_000, unitPriceCents: 1, previousUnitPriceCents: 1, slips: [] },
        ...{ requestedDate: '2024-03-01', previousRequestedDate: '2024-01-31', firstPromisedDate: null },
        ...{ expectedDate: '2024-03-01', previousExpectedDate: '2024-01-31' },
      },
    };
    const day = { requestedDate: '2024-03-01', expectedDate: '2024-03-01' };
    expect(folded([ORDER_X, amended]).get('PO-X1/J')).toEqual({ ...before, ...day, quantity: 7_000 });
    expect(linesTouched(amended)).toEqual(['PO-X1/J']);
  });

  it('opens with a tranche that is added to its order as with the order', () => {
    const { ORDER_X } = STORY;
    const added: MadeEvent = {
      ...{ type: 'TrancheAdded', stream: 'order/PO-X1', effectiveAt: '2023-10-02' },
      data: {
        ...{
          amendmentId: 'AM-1',
          orderId: 'PO-X1',
          trancheId: 'N',
          companyId: 'X',
          supplierId: 'NVIDIA',
          skuId: 'H100',
        },
        ...{ siteId: null, quantity: 9, unitPriceCents: 1, requestedDate: '2024-01-31' },
      },
    };
    const lines = folded([ORDER_X, added]);
    expect(lines.get('PO-X1/N')).toEqual({ ...lines.get('PO-X1/J'), trancheId: 'N', siteId: null, quantity: 9 });
    expect(linesTouched(added)).toEqual(['PO-X1/N']);
  });

  it('of units that went back though they were accepted counts them no more, and keeps its days and causes', () => {
    const { RECEIVED_1 } = STORY;
    if (RECEIVED_1.type !== 'ShipmentReceived') throw new TypeError('not a receipt');
    const { shipmentId, orderId, trancheId, companyId, skuId, siteId } = RECEIVED_1.data;
    const ids = { shipmentId, orderId, trancheId, companyId, skuId, siteId, supplierId: 'NVIDIA', returnId: 'RT-1' };
    const sent = (reason: 'wrong' | 'rejected'): MadeEvent => ({
      ...{ type: 'UnitsReturned', stream: 'return/RT-1', effectiveAt: '2024-12-01' },
      data: {
        ...{ ...ids, quantity: 5, reason, acceptedUnits: reason === 'wrong' ? 5 : 0, amountCents: 0 },
        ...{ leg: null, originCompanyId: 'TESLA' },
      },
    });
    const lineId = `${orderId}/${trancheId}/${shipmentId}`;
    const before = folded(STORY_EVENTS).get(lineId);
    expect(before?.status).toBe('accepted');
    expect(folded([...STORY_EVENTS, sent('wrong')]).get(lineId)).toEqual({
      ...before,
      quantity: (before?.quantity ?? 0) - 5,
    });
    expect(folded([...STORY_EVENTS, sent('rejected')]).get(lineId)).toEqual(before);
    expect(linesTouched(sent('wrong'))).toEqual([lineId]);
  });

  it('of a lost shipment counts nothing any more, and stays without a day of acceptance', () => {
    const { RECEIVED_1 } = STORY;
    if (RECEIVED_1.type !== 'ShipmentReceived') throw new TypeError('not a receipt');
    const lost = { ...RECEIVED_1, type: 'ShipmentLost', data: { ...RECEIVED_1.data, quantity: 12_000 } } as const;
    const lines = folded([...STORY_EVENTS.slice(0, 7), lost]);
    expect(lines.get('PO-T1/T1/SH-1')).toMatchObject({ status: 'lost', quantity: 0, actualDate: null });
    expect(linesTouched(lost)).toEqual(['PO-T1/T1/SH-1']);
  });

  it('is looked at by exactly the events that touch it', () => {
    for (const event of STORY_EVENTS) {
      const effects = lineEffects(event, (lineId) => folded(STORY_EVENTS).get(lineId));
      expect(linesTouched(event)).toEqual(effects.map(({ lineId }) => lineId));
    }
  });

  it('must be open before units are dispatched from it', () => {
    const unknown = expect.objectContaining({ code: 'LINE_UNKNOWN', lineId: 'PO-X1/J' });
    expect(() => folded([DISPATCHED_J])).toThrow(unknown);
  });

  it('refuses a figure that is no longer exact', () => {
    const huge = { ...LATER_J, data: { ...LATER_J.data, slips: [{ ...SLIP, unitDays: 2 ** 53 - 1 }] } } as MadeEvent;
    expect(() => folded([STORY.ORDER_X, huge, huge])).toThrow(expect.objectContaining({ code: 'FIGURE_OUT_OF_RANGE' }));
  });
});

const SLIP = { companyId: 'X', skuId: 'H100', cause: 'supplier', unitPriceCents: 1 } as const;
