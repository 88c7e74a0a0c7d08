import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '#libs/kernel';
import type { Entry } from './entry.ts';
import type { Flight, Landing } from './flight.ts';
import type { GroupWriter } from './group-writer.ts';

/** The commands that wait for a ledger, first come first. */
export interface Waiting<State, Command> {
  readonly waitingCommands: number;
  /** A fair share of them for the next batch, while `flyingCommands` are on their way. */
  take(flyingCommands: number): readonly Entry<State, Command>[];
}

/**
 * Writes until nothing waits: while a batch is on its way the next is decided on the book that it will leave, so that
 * this process and PostgreSQL work at the same time. The next is sent once the one before is in the ledger, and before
 * that one is answered; if that one lost, it is decided anew.
 */
export async function writeWhatWaits<State, Command, Event extends DomainEvent>(
  writer: GroupWriter<State, Command, Event>,
  waiting: Waiting<State, Command>,
): Promise<void> {
  let flight = null as Flight<State, Command> | null;
  do {
    // Those who were just answered, or arrived together, go together.
    await nextTurn();
    const entries = next(flight, waiting);
    const ahead = writer.decide(entries, flight?.tried.book);
    const landing: Landing<State, Command> | undefined = await flight?.landing;
    flight = ahead !== null && landing?.kept !== false ? writer.send(ahead) : null;
    const again = (await landing?.settle()) ?? [];
    if (flight === null) await writer.write([...again, ...entries], again.length > 0 ? 1 : 0);
  } while (flight !== null || waiting.waitingCommands > 0);
}

function next<State, Command>(
  flight: Flight<State, Command> | null,
  waiting: Waiting<State, Command>,
): readonly Entry<State, Command>[] {
  if (flight === null) return waiting.take(0);
  const { left, decided } = flight.tried;
  return [...left, ...waiting.take(decided.length)];
}
