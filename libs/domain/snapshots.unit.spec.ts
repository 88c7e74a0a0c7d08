import fc from 'fast-check';
import {
  believed,
  bookOf,
  digestOf,
  emptyBook,
  SnapshotKeeper,
  StreamVersions,
  turned,
  type Baseline,
  type Book,
  type KeptSnapshot,
  type ShelvedSnapshot,
  type Snapshot,
  type SnapshotKey,
  type SnapshotShelf,
} from '#libs/event-store';
import { addDays, PersistentMap } from '#libs/kernel';
import { record, when, type Book as TradingBook, type Given, type Outcome } from './fixtures/book.ts';
import type { Dice } from './fixtures/random/dice.ts';
import { commandFrom, smallWorld, WEIGHTS, type RandomKind } from './fixtures/random-commands.ts';
import { ledgerDecider } from './ledger-decider.ts';
import type { LedgerState } from './ledger-state.ts';

const RUNS = 40;
const MS_A_RUN = 10_000;
const KEY: SnapshotKey = { ledger: 'l', format: 'f' };

const kinds = Object.entries(WEIGHTS) as [RandomKind, number][];
const number = fc.nat({ max: 9999 });
const dice: fc.Arbitrary<Dice<RandomKind>> = fc.record({
  kind: fc.oneof(...kinds.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
  a: number,
  b: number,
  c: number,
  daysLater: fc.nat({ max: 2 }),
});

/** Bytes alone, as a server would keep them. */
class ShelfInMemory implements SnapshotShelf {
  private shelved: ShelvedSnapshot | null = null;

  newest(): Promise<{ incarnation: string; shelved: ShelvedSnapshot | null }> {
    return Promise.resolve({ incarnation: 'i', shelved: this.shelved });
  }

  keep(key: SnapshotKey, { position, recordedAtMs, outline, parts }: Snapshot): Promise<'kept'> {
    const partDigests = parts.map(({ digest }) => digest);
    const said = { position, recordedAtMs, outline, partDigests, parts: parts.map(({ bytes }) => Buffer.from(bytes)) };
    const digest = digestOf(key, said, partDigests);
    this.shelved = { ...said, digest, format: key.format, anchored: true };
    return Promise.resolve('kept');
  }

  loaded(): Snapshot {
    const snapshot = this.shelved === null ? 'nothing' : believed(KEY, this.shelved);
    if (typeof snapshot === 'string') throw new TypeError(snapshot);
    return snapshot;
  }
}

describe('a snapshot of a trading ledger', () => {
  it(
    'with the events after it is the fold from the first, in every entry and every version, and decides alike',
    async () => {
      const thrown = fc.array(dice, { minLength: 40, maxLength: 100 });
      // After how many events the next snapshot is taken, and whether the next writer begins with it.
      const takings = fc.array(fc.record({ after: fc.integer({ min: 1, max: 30 }), reopened: fc.boolean() }), {
        minLength: 1,
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(
          thrown,
          takings,
          fc.array(dice, { minLength: 20, maxLength: 20 }),
          async (first, steps, further) => {
            const traded = trade(smallWorld, first);
            const shelf = new ShelfInMemory();
            let book: Book<LedgerState> = begun();
            let baseline: Baseline<LedgerState> = { position: 0, state: book.state, parts: [], incarnation: 'i' };
            for (const { after, reopened } of steps) {
              book = through(book, traded, book.head + after);
              if (book.head === baseline.position) break;
              expect(await kept(shelf, baseline, book)).toMatchObject({ outcome: 'kept', position: book.head });
              const snapshot = shelf.loaded();
              if (reopened) book = bookOf<LedgerState>('system', snapshot);
              baseline = { position: book.head, state: book.state, parts: snapshot.parts, incarnation: 'i' };
              expectAlike(bookOf<LedgerState>('system', snapshot), through(begun(), traded, snapshot.position), traded);
            }
            const loaded = through(bookOf<LedgerState>('system', shelf.loaded()), traded, traded.events.length);
            expectAlike(loaded, through(begun(), traded, traded.events.length), traded);
            const restored: TradingBook = { state: loaded.state, events: traded.events };
            const commands = commandsAfter(traded, further);
            expect(outcomes(restored, commands)).toStrictEqual(outcomes(traded, commands));
          },
        ),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    RUNS * MS_A_RUN,
  );
});

function begun(): Book<LedgerState> {
  const versions = new StreamVersions({ earlier: () => undefined, position: 0, follow: true });
  return emptyBook('system', ledgerDecider.initial, versions);
}

function through(start: Book<LedgerState>, { events }: TradingBook, head: number): Book<LedgerState> {
  let book = start;
  for (const event of events.slice(start.head, head)) book = turned(book, event, event.position, ledgerDecider);
  book.versions.settle(book.head);
  return book;
}

async function kept(
  shelf: SnapshotShelf,
  baseline: Baseline<LedgerState>,
  book: Book<LedgerState>,
): Promise<KeptSnapshot> {
  return new Promise((resolve) => {
    new SnapshotKeeper({ key: KEY, shelf, everyEvents: 1, onSnapshot: resolve }, baseline).consider(book);
  });
}

function expectAlike(book: Book<LedgerState>, folded: Book<LedgerState>, { events }: TradingBook): void {
  expect([book.head, book.recordedAtMs]).toEqual([folded.head, folded.recordedAtMs]);
  expect(dumped(book.state)).toStrictEqual(dumped(folded.state));
  for (const { stream } of events) {
    expect([stream, book.versions.at(book.head, stream)]).toEqual([stream, folded.versions.at(folded.head, stream)]);
  }
}

function trade(start: TradingBook, thrown: readonly Dice<RandomKind>[]): TradingBook {
  let [book, today] = [start, '2024-01-02'];
  for (const each of thrown) {
    today = addDays(today, each.daysLater);
    const command = commandFrom(each, book, today);
    const outcome = when(book, command);
    if (!('code' in outcome)) book = record(book, command, outcome);
  }
  return book;
}

/** Chosen among what `start` holds. */
function commandsAfter(start: TradingBook, thrown: readonly Dice<RandomKind>[]): readonly Given[] {
  let [book, today] = [start, '2024-06-01'];
  return thrown.map((each) => {
    today = addDays(today, each.daysLater);
    const command = commandFrom(each, book, today);
    const outcome = when(book, command);
    if (!('code' in outcome)) book = record(book, command, outcome);
    return command;
  });
}

/** What each comes to, one after the other. */
function outcomes(start: TradingBook, commands: readonly Given[]): readonly Outcome[] {
  let book = start;
  return commands.map((command) => {
    const outcome = when(book, command);
    if (!('code' in outcome)) book = record(book, command, outcome);
    return outcome;
  });
}

/** All that a state holds, each map as its size and its entries in the order of their keys. */
function dumped(value: unknown): unknown {
  if (value instanceof PersistentMap) {
    const entries = [...(value as PersistentMap<unknown>)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { size: value.size, entries: entries.map(([key, each]) => [key, dumped(each)]) };
  }
  if (Array.isArray(value)) return value.map(dumped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.assign(
    Object.create(Object.getPrototypeOf(value) as object | null) as object,
    Object.fromEntries(Object.entries(value).map(([name, each]) => [name, dumped(each)])),
  );
}
