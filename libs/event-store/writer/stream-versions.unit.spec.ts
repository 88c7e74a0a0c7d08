import { StreamVersions } from './stream-versions.ts';

const written = (versions: StreamVersions, ...streams: string[]) => {
  for (const [index, stream] of streams.entries()) versions.set(index + 1, stream, versions.at(index, stream) + 1);
};

const fromNothing = { earlier: () => undefined, position: 0 };

describe('the versions of streams', () => {
  it('count each stream for itself, from 0', () => {
    const versions = new StreamVersions();
    written(versions, 'a', 'b', 'a');
    expect(['a', 'b', 'c'].map((stream) => versions.at(3, stream))).toEqual([2, 1, 0]);
  });

  it('are those of the head that is asked about, and what was tried above it is gone', () => {
    const versions = new StreamVersions();
    written(versions, 'a', 'b', 'a');
    expect(['a', 'b'].map((stream) => versions.at(1, stream))).toEqual([1, 0]);
    versions.set(2, 'c', 1);
    expect(['a', 'b', 'c'].map((stream) => versions.at(2, stream))).toEqual([1, 0, 1]);
  });

  it('take back what was tried at a position when another event stands there', () => {
    const versions = new StreamVersions();
    written(versions, 'a', 'a', 'a');
    versions.set(2, 'b', 1);
    expect(['a', 'b'].map((stream) => versions.at(2, stream))).toEqual([1, 1]);
  });

  it('keep what is settled, and take back the rest', () => {
    const versions = new StreamVersions();
    written(versions, 'a', 'a', 'a', 'b');
    versions.settle(2);
    expect(['a', 'b'].map((stream) => versions.at(2, stream))).toEqual([2, 0]);
    expect(() => versions.at(1, 'a')).toThrow(RangeError);
  });

  it('begin with those of a snapshot, and with 0 for what it does not know', () => {
    const earlier = new Map([['a', 3]]);
    const versions = new StreamVersions({ earlier: (stream) => earlier.get(stream), position: 7, follow: true });
    versions.set(8, 'a', 4);
    expect(['a', 'b'].map((stream) => versions.at(8, stream))).toEqual([4, 0]);
    expect(['a', 'b'].map((stream) => versions.at(7, stream))).toEqual([3, 0]);
    expect(() => versions.at(6, 'a')).toThrow(RangeError);
  });

  it('tell what changed as of a head: once, and without what is only tried', () => {
    const versions = new StreamVersions({ ...fromNothing, follow: true });
    written(versions, 'a', 'b', 'a');
    expect(versions.takeChanged(2)).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
    expect(versions.takeChanged(2)).toEqual(new Map([['a', 1]]));
    versions.settle(3);
    expect(versions.takeChanged(3)).toEqual(new Map([['a', 2]]));
    expect(versions.takeChanged(3)).toEqual(new Map());
  });

  it('tell again what is given back, as it stands by then', () => {
    const versions = new StreamVersions({ ...fromNothing, follow: true });
    written(versions, 'a', 'b');
    const taken = versions.takeChanged(2);
    versions.set(3, 'a', 2);
    versions.giveBack(taken.keys());
    expect(versions.takeChanged(3)).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    );
  });

  it('tell nothing of a stream that was only tried and taken back', () => {
    const versions = new StreamVersions({ ...fromNothing, follow: true });
    written(versions, 'a', 'b');
    expect(versions.at(1, 'b')).toBe(0);
    expect(versions.takeChanged(1)).toEqual(new Map([['a', 1]]));
  });

  it('equal a map copied at each step, whatever is tried, taken back and settled', () => {
    let seed = 7;
    const below = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
    const versions = new StreamVersions();
    const pasts: Map<string, number>[] = [new Map()];
    let settled = 0;
    for (let step = 0; step < 5_000; step++) {
      const head = settled + below(pasts.length - settled);
      const stream = `s${below(6)}`;
      const past = pasts[head] as Map<string, number>;
      expect(versions.at(head, stream)).toBe(past.get(stream) ?? 0);
      versions.set(head + 1, stream, (past.get(stream) ?? 0) + 1);
      pasts.length = head + 1;
      pasts.push(new Map([...past, [stream, (past.get(stream) ?? 0) + 1]]));
      if (below(5) === 0) versions.settle((settled = head));
    }
  });
});
