import { PersistentMap } from '#libs/kernel';
import { emptyBook } from '../writer/book.ts';
import { StreamVersions } from '../writer/stream-versions.ts';
import type { KeptSnapshot } from './kept-snapshot.ts';
import { LayeredParts } from './packed-part.ts';
import type { Snapshot, SnapshotShelf } from './snapshot.ts';
import { SnapshotKeeper, type Baseline } from './snapshot-keeper.ts';

type State = { readonly limits: PersistentMap<number> };

describe('the keeper of snapshots', () => {
  it('leaves out what was deleted since the last one, and keeps every version', async () => {
    const snapshots: Snapshot[] = [];
    const keep: SnapshotShelf['keep'] = (_, snapshot) => {
      snapshots.push(snapshot);
      return Promise.resolve('kept');
    };
    const shelf: SnapshotShelf = { keep, newest: () => Promise.reject(new TypeError('not asked')) };
    const versions = new StreamVersions({ earlier: () => undefined, position: 0, follow: true });
    let baseline: Baseline<State> = {
      position: 0,
      state: { limits: PersistentMap.empty() },
      parts: [],
      incarnation: 'i',
    };
    const limits = PersistentMap.from([
      ['a', 1],
      ['b', 2],
    ]);
    for (const [index, state] of [{ limits }, { limits: limits.delete('a') }].entries()) {
      const head = index + 1;
      versions.set(head, `s/${head}`, 1);
      versions.settle(head);
      const book = { ...emptyBook<State>('system', state, versions), head };
      const told = await new Promise<KeptSnapshot>((onSnapshot) => {
        const key = { ledger: 'l', format: 'f' };
        new SnapshotKeeper({ key, shelf, everyEvents: 1, onSnapshot }, baseline).consider(book);
      });
      expect(told.outcome).toBe('kept');
      baseline = { position: head, state, parts: snapshots.at(-1)?.parts ?? [], incarnation: 'i' };
    }
    expect(new Map(new LayeredParts(baseline.parts).all())).toEqual(
      new Map([
        ['.limits/b', 2],
        ['versions/s/1', 1],
        ['versions/s/2', 1],
      ]),
    );
  });
});
