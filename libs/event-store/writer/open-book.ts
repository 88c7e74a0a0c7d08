import type { DomainEvent } from '#libs/kernel';
import { failureOf } from '../database-failure.ts';
import { LedgerUnknown } from '../errors.ts';
import type { Queryable } from '../queryable.ts';
import { PostgresLedgerReader } from '../reader.ts';
import { believed } from '../snapshot/believed.ts';
import { entriesUnder, LayeredParts } from '../snapshot/packed-part.ts';
import { stateOf } from '../snapshot/plain.ts';
import { VERSIONS, type Baseline } from '../snapshot/snapshot-keeper.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { LedgerClock } from '../types.ts';
import { emptyBook, type Book } from './book.ts';
import { caughtUp, settled } from './load-book.ts';
import type { OpenedBook } from './opened-book.ts';
import type { SnapshotRules, WritingRules } from './rules.ts';
import { StreamVersions } from './stream-versions.ts';

export interface Opening<State> {
  readonly book: Book<State>;
  /** What the next snapshot builds on; null where none are kept. */
  readonly baseline: Baseline<State> | null;
  readonly opened: OpenedBook;
}

/**
 * The book of a ledger as of its head: a snapshot and what came after it, or, where there is none to be believed, all
 * events from the first. A book of which no snapshot will be kept does not note what changes. Throws {@link LedgerUnknown}.
 */
export async function openBook<State, Command, Event extends DomainEvent>(
  database: Queryable,
  ledger: string,
  rules: WritingRules<State, Command, Event>,
  { keepsSnapshots = true } = {},
): Promise<Opening<State>> {
  const startMs = performance.now();
  const info = await new PostgresLedgerReader(database).ledger(ledger);
  if (info === null) throw new LedgerUnknown(ledger);
  const { snapshot, incarnation, ...found } = await lookedFor(ledger, rules.snapshots);
  const follow = keepsSnapshots && incarnation !== null;
  const first = snapshot === null ? null : bookOf<State>(info.clock, snapshot, follow);
  const versions = new StreamVersions({ earlier: () => undefined, position: 0, follow });
  const start = first ?? emptyBook(info.clock, rules.decider.initial, versions);
  // Nobody else holds this book yet: when a page fails it is thrown away as a whole.
  const book = await caughtUp(database, ledger, rules, start, settled);
  const { state, head: position } = start;
  const baseline = incarnation === null ? null : { position, state, parts: snapshot?.parts ?? [], incarnation };
  const durationMs = performance.now() - startMs;
  return { book, baseline, opened: { ledger, head: book.head, snapshotAt: position, durationMs, ...found } };
}

interface Found {
  readonly snapshot: Snapshot | null;
  /** The store's; null where snapshots are neither read nor kept. */
  readonly incarnation: string | null;
  readonly ignored: OpenedBook['ignored'];
  readonly error?: unknown;
}

async function lookedFor(ledger: string, rules: SnapshotRules | undefined): Promise<Found> {
  if (rules === undefined) return { snapshot: null, incarnation: null, ignored: null };
  const key = { ledger, format: rules.format };
  try {
    const { incarnation, shelved } = await rules.shelf.newest(key);
    const snapshot = shelved === null ? null : believed(key, shelved);
    if (typeof snapshot === 'string') return { snapshot: null, incarnation, ignored: snapshot };
    return { snapshot, incarnation, ignored: null };
  } catch (error) {
    // A cache that cannot be read keeps nobody from deciding; a server that is away does.
    if (failureOf(error) === 'unreachable') throw error;
    return { snapshot: null, incarnation: null, ignored: 'unreadable', error };
  }
}

/** The book of a snapshot: its maps are read when they are asked. */
export function bookOf<State>(
  clock: LedgerClock,
  { position, recordedAtMs, outline, parts }: Snapshot,
  follow = true,
): Book<State> {
  const layers = new LayeredParts(parts);
  const state = stateOf(outline, (path, size) => entriesUnder(layers, `${path}/`, size)) as State;
  const earlier = (stream: string) => layers.get(VERSIONS + stream) as number | undefined;
  return {
    clock,
    state,
    head: position,
    recordedAtMs,
    versions: new StreamVersions({ earlier, position, follow }),
  };
}
