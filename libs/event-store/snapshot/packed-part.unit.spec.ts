import fc from 'fast-check';
import { PersistentMap } from '#libs/kernel';
import { entriesUnder, LayeredParts, packed, PackedPart } from './packed-part.ts';

const nothing = () => undefined;
const key = fc.oneof(fc.string(), fc.constantFrom('costarring', 'liquid'));
/** JSON knows one zero. */
const value = fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json)) as unknown);
const entries = fc.array(fc.tuple(key, value), { maxLength: 60 });

describe('a packed part', () => {
  it('answers what was packed, and nothing else, also read from its bytes wherever they lie', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.array(key), fc.nat({ max: 3 }), async (packedEntries, others, shift) => {
        const map = new Map(packedEntries);
        const part = await packed(map, nothing);
        const shifted = Buffer.concat([Buffer.alloc(shift), part.bytes]).subarray(shift);
        for (const one of [part, new PackedPart(shifted)]) {
          expect([...one.all()]).toEqual([...map]);
          expect([one.entries, one.digest]).toEqual([map.size, part.digest]);
          for (const asked of [...map.keys(), ...others]) expect(one.get(asked)).toEqual(map.get(asked));
        }
      }),
    );
  });

  it('finds each of many entries in many chunks', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => [`key-${n}`, { n, text: 'x'.repeat(50) }] as const);
    let turns = 0;
    const part = await packed(many, () => (turns += 1));
    expect(turns).toBeGreaterThan(100);
    for (const [name, value] of many.filter((_, n) => n % 97 === 0)) expect(part.get(name)).toEqual(value);
    expect(part.get('key-20000')).toBeUndefined();
  });

  it('is laid out in many turns, as it is packed, and finds each of its entries', async () => {
    const many = Array.from({ length: 50_000 }, (_, n) => [`k${n}`, n] as const);
    const characters = many.reduce((sum, pair) => sum + JSON.stringify(pair).length, 0);
    let turns = 0;
    const part = await packed(many, () => (turns += 1));
    const chunks = Math.ceil(characters / 12_000);
    // Five passes over the hashes, each with a pause after every 8,192.
    expect(turns).toBeGreaterThanOrEqual(chunks + 5 * 6);
    for (const [name, value] of many.filter((_, n) => n % 997 === 0)) expect(part.get(name)).toBe(value);
  }, 30_000);

  it('has maps within values as they were', async () => {
    const inner = PersistentMap.from([['a', PersistentMap.from([['b', [1, null]]])]]);
    const part = await packed([['k', { inner, list: [{ inner }] }]], nothing);
    const value = part.get('k') as { inner: typeof inner; list: [{ inner: typeof inner }] };
    for (const map of [value.inner, value.list[0].inner]) {
      expect(map).toBeInstanceOf(PersistentMap);
      expect(map.get('a')?.get('b')).toEqual([1, null]);
    }
  });

  it('is refused when its bytes are too few or of another form', async () => {
    const { bytes } = await packed([['k', 1]], nothing);
    for (const wrong of [Buffer.alloc(0), bytes.subarray(0, 11), bytes.subarray(0, 20), Buffer.alloc(64)]) {
      expect(() => new PackedPart(wrong)).toThrow(RangeError);
    }
  });

  it('is given up between two chunks', async () => {
    const stop = () => {
      throw new TypeError('stopped');
    };
    await expect(packed([['k', 1]], stop)).rejects.toThrow('stopped');
  });
});

describe('layers of parts', () => {
  it('say of each key what the latest says, once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(key, fc.integer()), { maxLength: 5 }), async (layers) => {
        const model = new Map(layers.flatMap((layer) => Object.entries(layer)));
        const parts = new LayeredParts(
          await Promise.all(layers.map((layer) => packed(Object.entries(layer), nothing))),
        );
        const all = [...parts.all()];
        expect([new Map(all), all.length]).toEqual([model, model.size]);
        for (const [name, value] of model) expect(parts.get(name)).toBe(value);
      }),
    );
  });

  it('hold several maps, each under a prefix', async () => {
    const parts = new LayeredParts([
      await packed(
        [
          ['.a/k', 1],
          ['.b/k', 2],
        ],
        nothing,
      ),
      await packed(
        [
          ['.a/k', 3],
          ['.a/l', 4],
        ],
        nothing,
      ),
    ]);
    const under = entriesUnder<number>(parts, '.a/', 2);
    expect([new Map(under), under.size]).toEqual([
      new Map([
        ['k', 3],
        ['l', 4],
      ]),
      2,
    ]);
    expect([under.get('k'), under.get('m'), entriesUnder(parts, '.b/', 1).get('k')]).toEqual([3, undefined, 2]);
  });
});
