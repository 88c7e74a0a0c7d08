import type { DomainEvent } from '#libs/kernel';
import { LedgerUnreadable } from '../errors.ts';
import { PostgresLedgerReader } from '../reader.ts';
import type { Queryable } from '../queryable.ts';
import type { StoredEvent } from '../types.ts';
import type { MissedEvent } from './append-statement.ts';
import { turned, type Book } from './book.ts';
import type { WritingRules } from './rules.ts';

/** Positions a statement: short enough that no snapshot grows old, long enough that the round trip does not count. */
const PAGE_EVENTS = 10_000;

/** `book`, kept by the writer as what the ledger holds. */
export function settled<State>(book: Book<State>): Book<State> {
  book.versions.settle(book.head);
  return book;
}

/** `start` with all that the ledger has after it. When a page fails `start` still stands: nothing is settled before the last. */
export async function caughtUp<State, Command, Event extends DomainEvent>(
  database: Queryable,
  ledger: string,
  rules: WritingRules<State, Command, Event>,
  start: Book<State>,
  keep: (book: Book<State>) => Book<State> = (book) => book,
): Promise<Book<State>> {
  for (let book = start; ;) {
    const page = await nextPage(database, ledger, book);
    if (page.length === 0) return book;
    book = keep(withEvents(rules, book, page));
  }
}

/** What the ledger has after the book's head, as far as one statement tells. */
export function nextPage(
  database: Queryable,
  ledger: string,
  { head }: Pick<Book<unknown>, 'head'>,
): Promise<readonly StoredEvent[]> {
  return new PostgresLedgerReader(database).read(ledger, { after: head, limit: PAGE_EVENTS });
}

/** `book` with events that follow it without a gap. Throws {@link LedgerUnreadable}. */
export function withEvents<State, Command, Event extends DomainEvent>(
  { codec, decider }: WritingRules<State, Command, Event>,
  start: Book<State>,
  events: readonly Pick<StoredEvent, 'position' | 'recordedAtMs' | 'body'>[],
): Book<State> {
  let book = start;
  try {
    for (const stored of events) book = turned(book, codec.decode(stored), stored.recordedAtMs, decider);
    return book;
  } catch (error) {
    throw new LedgerUnreadable(book.head, error);
  }
}

/** What ledger.append said was missed, as read from the table. */
export function storedFrom(
  missed: readonly MissedEvent[],
): readonly Pick<StoredEvent, 'position' | 'recordedAtMs' | 'body'>[] {
  return missed.map(({ position, recordedAtMs, body }) => ({ position, recordedAtMs, body: Buffer.from(body) }));
}
