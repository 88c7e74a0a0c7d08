import { STORY } from '../fixtures/redirected-h100s.ts';
import { diceOf } from '../fixtures/dice.ts';
import { randomHistory } from '../fixtures/random-history.ts';
import { positionMovements } from './fold.ts';
import { EXCLUSIVE_BUCKETS, type Movement } from './movement.ts';

/** `COMPANY SKU SITE bucket ±units`, `<counterparty` where there is one. */
const written = (movements: readonly Movement[]) =>
  movements.map(
    ({ companyId, skuId, siteId, bucket, counterpartyId, quantity }) =>
      `${companyId} ${skuId} ${siteId ?? '-'} ${bucket}${counterpartyId === null ? '' : `<${counterpartyId}`} ${quantity}`,
  );

const sum = (movements: readonly Movement[]) => movements.reduce((all, { quantity }) => all + quantity, 0);

describe('the units that an event moves', () => {
  it.each([
    ['OPENING', ['TESLA H100 PALO accepted 29000', 'TESLA H100 PALO energised 28000']],
    ['ORDER_X', ['X H100 XDC open 6000', 'X H100 XDC open 6000']],
    ['CONFIRMED_J', []],
    ['DISPATCHED_1', ['TESLA H100 AUSTIN open -12000', 'TESLA H100 AUSTIN inTransit 12000']],
    ['REDIRECTED_1', ['TESLA H100 AUSTIN inTransit -12000', 'X H100 XDC inTransit 12000']],
    ['REDIRECTED_J', ['X H100 XDC open -6000', 'TESLA H100 WH1 open 6000']],
    ['RECEIVED_1', ['X H100 XDC inTransit -12000', 'X H100 XDC atDock 11990', 'X H100 XDC short 10']],
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
      'X H100 XDC inTransit -11980',
      'X H100 XDC atDock 11990',
      'X H100 XDC over 10',
    ]);
  });

  it('of a tranche not yet placed are at no site', () => {
    const { ORDER_T } = STORY;
    const tranches = ORDER_T.data.tranches.map((tranche) => ({ ...tranche, siteId: null }));
    const unplaced = { ...ORDER_T, data: { ...ORDER_T.data, tranches } };
    expect(written(positionMovements(unplaced))).toEqual(['TESLA H100 - open 12000']);
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
      if (event.type === 'OrderApproved' || event.type === 'OpeningBalanceRecorded')
        expect(sum(units)).toBeGreaterThan(0);
      else expect({ event, units: sum(units) }).toEqual({ event, units: sum(over) });
    }
    expect(seen.size).toBe(9);
  });
});
