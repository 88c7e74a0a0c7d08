import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '#libs/kernel';
import type { Entry } from './entry.ts';
import type { Flight, Landing } from './flight.ts';
import { LOSSES_BEFORE_LOCK, type GroupWriter } from './group-writer.ts';

/** The commands that wait for a ledger, first come first. */
export interface Waiting<State, Command> {
  readonly waitingCommands: number;
  /** A fair share of them for the next batch, one of `shares` of all in sight, of which `flyingCommands` are on their way. */
  take(flyingCommands: number, shares?: number): readonly Entry<State, Command>[];
}

/** The first batch of a turn is a small one: nothing is on its way yet, and PostgreSQL would stand still while it is decided. */
const SHARES_AT_FIRST = 4;

/**
 * Writes for as long as commands wait, in turns while another process writes the ledger too. One that waited for its turn for too
 * long lines up for the ledger's lock, batch by batch.
 */
export async function writeWhatWaits<State, Command, Event extends DomainEvent>(
  writer: GroupWriter<State, Command, Event>,
  waiting: Waiting<State, Command>,
): Promise<void> {
  if (!writer.isRivalled) return flights(writer, waiting, { isOver: () => writer.isRivalled, sharesAtFirst: 2 });
  const taken = await writer.inTurn((turn) =>
    flights(writer, waiting, {
      isOver: () => turn.isOver,
      leave: () => turn.leave(),
      sharesAtFirst: SHARES_AT_FIRST,
    }),
  );
  if (!taken) await writer.write(waiting.take(0), LOSSES_BEFORE_LOCK);
}

interface Stay {
  isOver(): boolean;
  /** Lets others write, once all that this process sent is in the ledger. */
  leave?(): Promise<void>;
  readonly sharesAtFirst: number;
}

/**
 * Writes until nothing waits or the stay is over: while a batch is on its way the next is decided on the book that it will leave,
 * so that this process and PostgreSQL work at the same time. The next is sent once the one before is in the ledger, and before
 * that one is answered; if that one lost, it is decided anew.
 */
async function flights<State, Command, Event extends DomainEvent>(
  writer: GroupWriter<State, Command, Event>,
  waiting: Waiting<State, Command>,
  stay: Stay,
): Promise<void> {
  let flight = null as Flight<State, Command> | null;
  let shares = stay.sharesAtFirst;
  do {
    // Those who were just answered, or arrived together, go together.
    await nextTurn();
    const entries = next(flight, waiting, stay, shares);
    const ahead = writer.decide(entries, flight?.tried.book);
    const landing: Landing<State, Command> = (await flight?.landing) ?? nothingFlew();
    flight = ahead !== null && landing.kept ? writer.send(ahead) : null;
    if (landing.kept && entries.length === 0) endEarly(stay);
    const again = await landing.settle();
    if (flight === null) await writer.write([...again, ...entries], again.length > 0 ? 1 : 0);
    shares = 2;
  } while (flight !== null || (waiting.waitingCommands > 0 && !stay.isOver()));
}

function nothingFlew<State, Command>(): Landing<State, Command> {
  return { kept: true, settle: () => Promise.resolve([]) };
}

/** Everything that was sent is in the ledger: nobody has to wait until it is answered as well. */
function endEarly(stay: Stay): void {
  if (stay.isOver()) void stay.leave?.();
}

function next<State, Command>(
  flight: Flight<State, Command> | null,
  waiting: Waiting<State, Command>,
  stay: Stay,
  shares: number,
): readonly Entry<State, Command>[] {
  if (flight === null) return waiting.take(0, shares);
  const { left, decided } = flight.tried;
  return stay.isOver() ? left : [...left, ...waiting.take(decided.length, shares)];
}
