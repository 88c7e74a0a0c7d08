import { compareExact, exactInteger, exactNegative, exactProduct, exactSum } from './exact-integer.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const BEYOND = '9007199254740992';

describe('an exact whole number', () => {
  it('is a number as long as that is exact, and digits from there on', () => {
    expect([String(MOST), BEYOND, -9007199254740991n, -9007199254740992n, '0'].map(exactInteger)).toEqual([
      ...[MOST, BEYOND, -MOST, `-${BEYOND}`, 0],
    ]);
  });

  it('is added without loss, out of the safe range and back into it', () => {
    expect([exactSum(), exactSum(2, 3), exactSum(MOST, 1), exactSum(MOST, MOST)]).toEqual([
      ...[0, 5, BEYOND, '18014398509481982'],
    ]);
    expect([exactSum(BEYOND, -1), exactSum(-MOST, -1, 1), exactSum(BEYOND, `-${BEYOND}`)]).toEqual([MOST, -MOST, 0]);
    expect(exactSum(MOST, 2, -3)).toBe(MOST - 1);
  });

  it('is multiplied without loss', () => {
    expect([exactProduct(3, 4), exactProduct(2 ** 27, 2 ** 26), exactProduct(MOST, -MOST)]).toEqual([
      ...[12, BEYOND, '-81129638414606663681390495662081'],
    ]);
    expect(exactProduct(94_906_267, 94_906_267)).toBe('9007199515875289');
  });

  it('has no negative zero, which JSON would write as another text', () => {
    expect([exactNegative(0), exactProduct(0, -5), exactSum(-0)].map((zero) => Object.is(zero, 0))).toEqual([
      ...[true, true, true],
    ]);
    expect([exactNegative(7), exactNegative(BEYOND), exactNegative(`-${BEYOND}`)]).toEqual([-7, `-${BEYOND}`, BEYOND]);
  });

  it('is compared by value, not by text', () => {
    const order = [
      '-81129638414606663681390495662081',
      `-${BEYOND}`,
      -MOST,
      -1,
      0,
      8,
      MOST,
      BEYOND,
      '10000000000000000',
    ];
    expect(order.toReversed().toSorted(compareExact)).toEqual(order);
    expect(compareExact(BEYOND, BEYOND)).toBe(0);
  });
});
