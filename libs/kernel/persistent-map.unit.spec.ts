import fc from 'fast-check';
import { MAP_IN_JSON, PersistentMap, type StoredEntries } from './persistent-map.ts';

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

  it('over stored entries answers like one that has them itself, after any sequence of sets and deletes', () => {
    const stored = fc.dictionary(key, fc.integer(), { maxKeys: 40 });
    fc.assert(
      fc.property(stored, fc.array(operation, { maxLength: 60 }), (entries, operations) => {
        const model = new Map(Object.entries(entries));
        let map = PersistentMap.over(storedEntries(model));
        for (const { key, value } of operations) {
          map = value === null ? map.delete(key) : map.set(key, value);
          if (value === null) model.delete(key);
          else model.set(key, value);
          expect([map.size, map.get(key), map.has(key)]).toEqual([model.size, model.get(key), model.has(key)]);
        }
        expect([...map].toSorted(byKey)).toEqual([...model].toSorted(byKey));
        for (const [key, value] of model) expect(map.get(key)).toBe(value);
      }),
      { numRuns: 300 },
    );
  });

  it('tells what changed since an earlier version: each key that it has otherwise, once, and no other', () => {
    const stored = fc.dictionary(key, fc.integer(), { maxKeys: 20 });
    fc.assert(
      fc.property(stored, fc.array(operation), fc.array(operation), (entries, before, since) => {
        // A number is another value only when it is another number: what is set to itself did not change.
        const sets = (map: PersistentMap<number>, operations: readonly Operation[]) =>
          operations.reduce((made, { key, value }) => (value === null ? made : made.set(key, value)), map);
        for (const start of [
          PersistentMap.empty<number>(),
          PersistentMap.over(storedEntries(new Map(Object.entries(entries)))),
        ]) {
          const earlier = sets(start, before);
          const now = sets(earlier, since);
          const told = [...(now.changesSince(earlier) ?? [])];
          const otherwise = [...now].filter(([key, value]) => earlier.get(key) !== value);
          const untold = otherwise.filter(([key]) => !told.some(([other]) => other === key));
          expect([untold, new Set(told.map(([key]) => key)).size]).toEqual([[], told.length]);
          for (const [key, value] of told) {
            expect(now.get(key)).toBe(value);
            expect(since.some((operation) => operation.key === key)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('cannot tell what changed since one on other stored entries, as after a stored key was deleted', () => {
    const map = PersistentMap.over(storedEntries(new Map([['a', 1]])));
    expect(map.delete('a').changesSince(map)).toBeNull();
    expect(map.delete('b').changesSince(map)).not.toBeNull();
  });

  it('is named in JSON, with the entries it stands on', () => {
    const map = PersistentMap.over(storedEntries(new Map([['a', 1]]))).set('b', 2);
    expect(JSON.parse(JSON.stringify({ map }))).toEqual({
      map: {
        [MAP_IN_JSON]: [
          ['b', 2],
          ['a', 1],
        ],
      },
    });
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

function storedEntries<V>(entries: ReadonlyMap<string, V>): StoredEntries<V> {
  return PersistentMap.from(entries);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Two different strings with the same FNV-1a hash, a known pair of the 32-bit function. */
function sameHashKeys(): [string, string] {
  return ['costarring', 'liquid'];
}
