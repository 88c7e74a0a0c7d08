import type { PersistentMap } from '#libs/kernel';
import type { Book } from '../writer/book.ts';
import type { KeptSnapshot } from './kept-snapshot.ts';
import { LayeredParts, packed, type PackedPart } from './packed-part.ts';
import { mapsOf, outlineOf } from './plain.ts';
import type { Snapshot, SnapshotKey, SnapshotShelf } from './snapshot.ts';

/** Under which the versions of streams lie among the parts; paths of a state begin with a dot, or are empty. */
export const VERSIONS = 'versions/';

/** A snapshot that was taken or loaded, and the state that it holds: the next one adds what changed since. */
export interface Baseline<State> extends Pick<Snapshot, 'position' | 'parts'> {
  readonly state: State;
  /** The store's, when the book was opened. */
  readonly incarnation: string;
}

export interface KeeperParts {
  readonly key: SnapshotKey;
  readonly shelf: SnapshotShelf;
  /** Events between two snapshots. */
  readonly everyEvents: number;
  readonly onSnapshot: (snapshot: KeptSnapshot) => void;
}

/**
 * Takes a snapshot of a writer's book now and then, beside the writing: of what changed since the last one, packed a little a turn.
 * Nothing waits for it, and nothing is lost when it fails: the next attempt takes what this one would have.
 */
export class SnapshotKeeper<State> {
  private running: Promise<void> | null = null;
  private nextAt: number;
  private stopped = false;

  constructor(
    private readonly parts: KeeperParts,
    private baseline: Baseline<State>,
  ) {
    this.nextAt = baseline.position + parts.everyEvents;
  }

  /** To be called with the book as the ledger holds it, with each event at its head in the ledger. */
  consider(book: Book<State>): void {
    if (book.head < this.nextAt || this.running !== null || this.stopped) return;
    this.nextAt = book.head + this.parts.everyEvents;
    const versions = book.versions.takeChanged(book.head);
    this.running = this.keep(book, versions).then((kept) => {
      this.running = null;
      if (kept.outcome !== 'kept') book.versions.giveBack(versions.keys());
      this.parts.onSnapshot(kept);
    });
  }

  /** Gives up what is under way, and resolves when it is. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  /** Never rejects. */
  private async keep(book: Book<State>, versions: ReadonlyMap<string, number>): Promise<KeptSnapshot> {
    const startMs = performance.now();
    const { key, shelf, everyEvents } = this.parts;
    const { head: position, recordedAtMs, state } = book;
    const told = { ledger: key.ledger, position };
    let entries = 0;
    try {
      const goOn = () => this.goOn();
      const { parts: before, incarnation } = this.baseline;
      const since = before.length === 0 ? null : changedSince(this.baseline.state, state);
      const added = await packed(since === null ? everything(state, versions, before) : chained(since, versions), goOn);
      const parts = await tidied(since === null ? [] : before, added, goOn);
      entries = added.entries;
      const unlessFrom = position - Math.floor(everyEvents / 2);
      const snapshot = { position, recordedAtMs, outline: outlineOf(state), parts };
      const outcome = await shelf.keep(key, snapshot, { incarnation, unlessFrom });
      if (outcome === 'kept') this.baseline = { position, parts, state, incarnation };
      return { ...told, outcome, entries, parts: parts.length, durationMs: performance.now() - startMs };
    } catch (error) {
      return { ...told, outcome: 'failed', entries, parts: 0, durationMs: performance.now() - startMs, error };
    }
  }

  private goOn(): void {
    if (this.stopped) throw new SnapshotGivenUp();
  }
}

/** The writers are stopping. */
class SnapshotGivenUp extends Error {
  override readonly name = 'SnapshotGivenUp';
  readonly code = 'SNAPSHOT_GIVEN_UP';
}

/** What `now` holds otherwise than `before`; null when that cannot be told from the entries that changed, and everything counts. */
function changedSince(before: unknown, now: unknown): Iterable<readonly [string, unknown]> | null {
  const earlier = mapsOf(before);
  const maps = mapsOf(now);
  const changed = [...maps].map(([path, map]) => [path, entriesSince(earlier.get(path), map)] as const);
  if (maps.size !== earlier.size || changed.some(([, entries]) => entries === null)) return null;
  return named(changed as [string, Iterable<readonly [string, unknown]>][]);
}

/** Null as well when an entry was deleted: parts cannot say that. */
function entriesSince(
  before: PersistentMap<unknown> | undefined,
  now: PersistentMap<unknown>,
): Iterable<readonly [string, unknown]> | null {
  const changed = before === undefined ? null : now.changesSince(before);
  if (before === undefined || changed === null) return null;
  const entries = [...changed];
  const added = entries.filter(([key]) => !before.has(key)).length;
  return before.size + added === now.size ? entries : null;
}

/** All of `state`, and the versions that changed with those that lie in the parts `before`. */
function* everything(
  state: unknown,
  versions: ReadonlyMap<string, number>,
  before: readonly PackedPart[],
): Generator<readonly [string, unknown]> {
  yield* chained(named(mapsOf(state)), versions);
  for (const [key, version] of new LayeredParts(before).all()) {
    if (key.startsWith(VERSIONS) && !versions.has(key.slice(VERSIONS.length))) yield [key, version];
  }
}

function* named(
  maps: Iterable<readonly [string, Iterable<readonly [string, unknown]>]>,
): Generator<readonly [string, unknown]> {
  for (const [path, entries] of maps) for (const [key, value] of entries) yield [`${path}/${key}`, value];
}

function* chained(
  entries: Iterable<readonly [string, unknown]>,
  versions: ReadonlyMap<string, number>,
): Generator<readonly [string, unknown]> {
  yield* entries;
  for (const [stream, version] of versions) yield [VERSIONS + stream, version];
}

/** Parts of a like size are packed as one when there are this many. */
const ALIKE_PARTS = 8;
const SMALLEST_ENTRIES = 1_024;

/** `parts` and one more: those of a like size as one, so that a long ledger has some dozen parts and an entry is packed anew a few times. */
async function tidied(
  parts: readonly PackedPart[],
  added: PackedPart,
  goOn: () => void,
): Promise<readonly PackedPart[]> {
  let tidy = [...parts, added];
  for (let size = 0; size <= sizeOf(tidy[0] as PackedPart); size += 1) {
    const larger = tidy.findLastIndex((part) => sizeOf(part) > size);
    const alike = tidy.slice(larger + 1);
    if (alike.length < ALIKE_PARTS) continue;
    tidy = [...tidy.slice(0, larger + 1), await packed(new LayeredParts(alike).all(), goOn)];
  }
  return tidy;
}

/** 0 for the smallest, 1 for those of eight times their entries, and so on. */
function sizeOf({ entries }: PackedPart): number {
  return Math.max(0, Math.floor(Math.log2(entries / SMALLEST_ENTRIES) / 3));
}
