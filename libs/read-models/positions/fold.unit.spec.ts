import type { TrancheAmended, UnitsReturned } from '#libs/domain';
import { STORY } from '../fixtures/redirected-h100s.ts';
import { diceOf } from '../fixtures/dice.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { positionMovements } from './fold.ts';
import { EXCLUSIVE_BUCKETS, type Movement } from './movement.ts';

/** `COMPANY SKU SITE bucket ±units`, `<counterparty` and `@due day` where there is one. */
const written = (movements: readonly Movement[]) =>
  movements.map(({ companyId, skuId, siteId, bucket, counterpartyId, dueOn, quantity }) => {
    const other = counterpartyId === null ? '' : `<${counterpartyId}`;
    return `${companyId} ${skuId} ${siteId ?? '-'} ${bucket}${other}${dueOn === null ? '' : `@${dueOn}`} ${quantity}`;
  });

const sum = (movements: readonly Movement[]) => movements.reduce((all, { quantity }) => all + quantity, 0);

describe('the units that an event moves', () => {
  it.each([
    ['OPENING', ['TESLA H100 PALO accepted 29000', 'TESLA H100 PALO energised 28000']],
    ['ORDER_X', ['X H100 XDC open@2024-01-31 6000', 'X H100 XDC open@2024-06-30 6000']],
    ['CONFIRMED_J', []],
    ['DISPATCHED_1', ['TESLA H100 AUSTIN open@2023-12-20 -12000', 'TESLA H100 AUSTIN inTransit@2023-12-20 12000']],
    ['REDIRECTED_1', ['TESLA H100 AUSTIN inTransit@2023-12-20 -12000', 'X H100 XDC inTransit@2023-12-20 12000']],
    ['REDIRECTED_J', ['X H100 XDC open@2024-01-31 -6000', 'TESLA H100 WH1 open@2024-01-31 6000']],
    ['RECEIVED_1', ['X H100 XDC inTransit@2023-12-20 -12000', 'X H100 XDC atDock 11990', 'X H100 XDC short 10']],
    ['ACCEPTED_1', ['X H100 XDC atDock -11990', 'X H100 XDC accepted 11980', 'X H100 XDC rejected 10']],
    ['EXPOSED', ['TESLA H100 - owed<X 11980', 'X H100 - owed<TESLA -11980']],
  ] as const)('%s', (name, movements) => {
    expect(written(positionMovements(STORY[name]))).toEqual(movements);
  });

  it('are over when more was counted than shipped', () => {
    const { RECEIVED_1 } = STORY;
    if (RECEIVED_1.type !== 'ShipmentReceived') throw new TypeError('not a receipt');
    const surplus = { ...RECEIVED_1, data: { ...RECEIVED_1.data, shipped: 11_980, short: 0, over: 10 } };
    expect(written(positionMovements(surplus))).toEqual([
      'X H100 XDC inTransit@2023-12-20 -11980',
      'X H100 XDC atDock 11990',
      'X H100 XDC over 10',
    ]);
  });

  it('are short, all of them, when the shipment is lost', () => {
    const { RECEIVED_1 } = STORY;
    if (RECEIVED_1.type !== 'ShipmentReceived') throw new TypeError('not a receipt');
    const lost = { ...RECEIVED_1, type: 'ShipmentLost', data: { ...RECEIVED_1.data, quantity: 12_000 } } as const;
    expect(written(positionMovements(lost))).toEqual([
      'X H100 XDC inTransit@2023-12-20 -12000',
      'X H100 XDC short 12000',
    ]);
  });

  it('stay in their bucket when they are expected on another day', () => {
    const { CONFIRMED_J } = STORY;
    if (CONFIRMED_J.type !== 'TrancheConfirmed') throw new TypeError('not a confirmation');
    const later = { ...CONFIRMED_J, data: { ...CONFIRMED_J.data, promisedDate: '2024-03-01' } };
    expect(written(positionMovements(later))).toEqual([
      'X H100 XDC open@2024-01-31 -6000',
      'X H100 XDC open@2024-03-01 6000',
    ]);
  });

  it('of an amended tranche are as many as it says, on its day', () => {
    const amended = (change: Partial<TrancheAmended['data']>): TrancheAmended => ({
      ...{ type: 'TrancheAmended', stream: 'order/PO-X1' },
      data: {
        ...{ amendmentId: 'AM-1', orderId: 'PO-X1', trancheId: 'J', companyId: 'X', skuId: 'H100', siteId: 'XDC' },
        ...{ quantity: 5_000, previousQuantity: 6_000, unitPriceCents: 1, previousUnitPriceCents: 1, slips: [] },
        ...{ requestedDate: '2024-01-31', previousRequestedDate: '2024-01-31', firstPromisedDate: '2024-01-31' },
        ...{ expectedDate: '2024-01-31', previousExpectedDate: '2024-01-31', ...change },
      },
    });
    expect(written(positionMovements(amended({})))).toEqual(['X H100 XDC open@2024-01-31 -1000']);
    expect(written(positionMovements(amended({ expectedDate: '2024-02-09' })))).toEqual([
      'X H100 XDC open@2024-01-31 -6000',
      'X H100 XDC open@2024-02-09 5000',
    ]);
    expect(positionMovements(amended({ quantity: 6_000, unitPriceCents: 2 }))).toEqual([]);
  });

  it('are rejected when they go back though they were accepted, and not owed any more', () => {
    const sent = (acceptedUnits: number): UnitsReturned => ({
      ...{ type: 'UnitsReturned', stream: 'return/RT-1' },
      data: {
        ...{ returnId: 'RT-1', shipmentId: 'SH-1', orderId: 'PO-T1', trancheId: 'T1', companyId: 'X', skuId: 'H100' },
        ...{ supplierId: 'NVIDIA', siteId: 'XDC', quantity: 5, reason: 'wrong', acceptedUnits, amountCents: 35 },
        ...{ leg: null, originCompanyId: 'TESLA' },
      },
    });
    expect(written(positionMovements(sent(5)))).toEqual([
      'X H100 XDC accepted -5',
      'X H100 XDC rejected 5',
      'TESLA H100 - owed<X -5',
      'X H100 - owed<TESLA 5',
    ]);
    expect(positionMovements(sent(0))).toEqual([]);
  });

  it('of a tranche not yet placed are at no site', () => {
    const { ORDER_T } = STORY;
    const tranches = ORDER_T.data.tranches.map((tranche) => ({ ...tranche, siteId: null }));
    const unplaced = { ...ORDER_T, data: { ...ORDER_T.data, tranches } };
    expect(written(positionMovements(unplaced))).toEqual(['TESLA H100 - open@2023-12-20 12000']);
  });

  it('are refused of an event that this release does not know', () => {
    const unknown = { ...STORY.OPENING, type: 'UnitsTeleported' } as never;
    expect(() => positionMovements(unknown)).toThrow(expect.objectContaining({ code: 'EVENT_TYPE_UNKNOWN' }));
  });

  it('keep the balance: redirections and debts sum to zero, the exclusive buckets gain what enters and the surplus', () => {
    const events = randomHistory(diceOf(1), 2_000);
    const seen = new Set<string>();
    for (const event of events) {
      seen.add(event.type);
      const movements = positionMovements(event);
      const units = movements.filter(({ bucket }) => (EXCLUSIVE_BUCKETS as readonly string[]).includes(bucket));
      const over = movements.filter(({ bucket }) => bucket === 'over');
      expect(sum(movements.filter(({ bucket }) => bucket === 'owed'))).toBe(0);
      if (event.type === 'TrancheAmended') expect(sum(units)).toBe(event.data.quantity - event.data.previousQuantity);
      else if (['OrderApproved', 'TrancheAdded', 'OpeningBalanceRecorded'].includes(event.type))
        expect(sum(units)).toBeGreaterThan(0);
      else expect({ event, units: sum(units) }).toEqual({ event, units: sum(over) });
    }
    expect(seen.size).toBe(15);
    const due = new Map<string, number>();
    for (const { bucket, dueOn, quantity } of events.flatMap(positionMovements)) {
      expect(dueOn !== null).toBe(bucket === 'open' || bucket === 'inTransit');
      if (dueOn !== null) due.set(dueOn, (due.get(dueOn) ?? 0) + quantity);
    }
    expect(Math.min(...due.values())).toBe(0);
  });
});
