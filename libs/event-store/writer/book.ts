import type { DecidedEvent, Decider, DomainEvent } from '#libs/kernel';
import type { LedgerClock } from '../types.ts';
import { StreamVersions } from './stream-versions.ts';

/** All that decisions on a ledger rest on, as of one position. Immutable: a batch is tried on it and kept or thrown away. */
export interface Book<State> {
  readonly clock: LedgerClock;
  readonly state: State;
  /** 0 before the first event. */
  readonly head: number;
  /** Of the event at the head; 0 before the first. */
  readonly recordedAtMs: number;
  /** Shared by the books of one ledger: each sees its own past of it. */
  readonly versions: StreamVersions;
}

export function emptyBook<State>(clock: LedgerClock, state: State, versions = new StreamVersions()): Book<State> {
  return { clock, state, head: 0, recordedAtMs: 0, versions };
}

/** The book after the next event. */
export function turned<State, Event extends DomainEvent>(
  book: Book<State>,
  event: DecidedEvent<Event>,
  recordedAtMs: number,
  decider: Pick<Decider<State, unknown, Event>, 'evolve'>,
): Book<State> {
  book.versions.set(event.position, event.stream, event.version);
  return {
    clock: book.clock,
    state: decider.evolve(book.state, event),
    head: event.position,
    recordedAtMs,
    versions: book.versions,
  };
}
