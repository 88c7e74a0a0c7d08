import { SnapshotKeeper, type Baseline } from '../snapshot/snapshot-keeper.ts';
import type { SnapshotRules, WriterObserver } from './rules.ts';

/** Keeps snapshots of the book of `ledger` from `baseline` on; null where none are kept. */
export function keeperOn<State>(
  ledger: string,
  snapshots: SnapshotRules | undefined,
  baseline: Baseline<State> | null,
  observer: WriterObserver,
): SnapshotKeeper<State> | null {
  if (snapshots === undefined || baseline === null) return null;
  const { shelf, format, everyEvents } = snapshots;
  return new SnapshotKeeper(
    { key: { ledger, format }, shelf, everyEvents, onSnapshot: (snapshot) => observer.onSnapshot?.(snapshot) },
    baseline,
  );
}
