import { StreamVersions } from './stream-versions.ts';

const written = (versions: StreamVersions, ...streams: string[]) => {
  for (const [index, stream] of streams.entries()) versions.set(index + 1, stream, versions.at(index, stream) + 1);
};

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
