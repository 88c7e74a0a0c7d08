import fc from 'fast-check';
import { PersistentMap } from './persistent-map.ts';

type Operation = { readonly key: string; readonly value: number | null };

/** Short keys over two letters meet often; the pair below shares one 32-bit hash. */
const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom(...sameHashKeys()));
const operation: fc.Arbitrary<Operation> = fc.record({ key, value: fc.option(fc.integer()) });

describe('PersistentMap', () => {
  it('answers like a Map after any sequence of sets and deletes, and leaves every earlier version as it was', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        let map = PersistentMap.empty<number>();
        const model = new Map<string, number>();
        const versions: [PersistentMap<number>, Map<string, number>][] = [];
        for (const { key, value } of operations) {
          versions.push([map, new Map(model)]);
          map = value === null ? map.delete(key) : map.set(key, value);
          if (value === null) model.delete(key);
          else model.set(key, value);
        }
        for (const [version, expected] of [...versions, [map, model] as const]) {
          expect(version.size).toBe(expected.size);
          expect(new Map(version)).toEqual(expected);
          for (const [key, value] of expected) expect(version.get(key)).toBe(value);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps keys of one hash apart', () => {
    const [a, b] = sameHashKeys();
    const map = PersistentMap.empty<number>().set(a, 1).set(b, 2);
    expect([map.get(a), map.get(b), map.size]).toEqual([1, 2, 2]);
    expect([map.delete(a).get(b), map.delete(a).size]).toEqual([2, 1]);
  });

  it('updates from an initial value', () => {
    const add = (n: number) => n + 12;
    expect(PersistentMap.empty<number>().update('H100', 0, add).update('H100', 0, add).get('H100')).toBe(24);
  });
});

/** Two different strings with the same FNV-1a hash, a known pair of the 32-bit function. */
function sameHashKeys(): [string, string] {
  return ['costarring', 'liquid'];
}
