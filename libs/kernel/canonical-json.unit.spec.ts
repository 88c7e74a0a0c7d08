import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';

/** Names that JavaScript orders otherwise (integers first), that need escapes, or that sort apart by UTF-8. */
const NAMES = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('10', '9', '-1', '', '"', '\\', '\u0000', '\u2028', 'é', '\ud83d\ude9a', '\uffff', 'constructor'),
);
const LEAVES = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constantFrom<unknown>(null, true, false, undefined, -0, 1e21, 1e-7, 5e-324, 2 ** 53, new Date(0)),
);
const { data: DATA } = fc.letrec((tie) => ({
  data: fc.oneof({ maxDepth: 5 }, LEAVES, tie('list'), tie('members')),
  list: fc.array(tie('data'), { maxLength: 5 }),
  members: fc.dictionary(NAMES, tie('data'), { maxKeys: 8 }),
}));

describe('canonical JSON', () => {
  it('has the bytes of the reference writer', () => {
    fc.assert(
      fc.property(
        DATA.filter((data) => data !== undefined),
        (data) => canonicalJson(data) === canonicalize(data),
      ),
      { numRuns: 2_000 },
    );
  });

  it('is the example of RFC 8785, 3.2.3', () => {
    const sorted = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', 1: 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', ö: 'Latin Small Letter O With Diaeresis' }; // prettier-ignore
    expect(Object.values(JSON.parse(canonicalJson(sorted)) as object)).toHaveLength(7);
    expect(canonicalJson(sorted)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it.each([NaN, Infinity, -Infinity, 1n, undefined, () => 1, Symbol('s'), '\ud83d', { '\ude9a': 1 }, [{ a: () => 1 }]])(
    'refuses %p',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );

  it('orders many names as it does few', () => {
    fc.assert(
      fc.property(
        fc.dictionary(NAMES, fc.constant(1), { minKeys: 15, maxKeys: 40, size: 'max' }),
        (data) => canonicalJson(data) === canonicalize(data),
      ),
    );
  });

  it('refuses a cycle', () => {
    const cycle: unknown[] = [];
    cycle.push({ cycle });
    expect(() => canonicalJson(cycle)).toThrow(RangeError);
  });
});
