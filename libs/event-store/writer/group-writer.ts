import type { DomainEvent } from '#libs/kernel';
import type pg from 'pg';
import { EventStoreError, LedgerUnavailable, LedgerUnknown } from '../errors.ts';
import type { Queryable } from '../queryable.ts';
import { append, knownCommands, type AppendOutcome } from './append-statement.ts';
import type { Book } from './book.ts';
import { failureOf } from '../database-failure.ts';
import { decideBatch, type DecidedBatch } from './decide-batch.ts';
import type { Entry } from './entry.ts';
import { decidedOnBy, doubt, entriesOf, type Attempt, type Flight, type Landing } from './flight.ts';
import { keeperOn } from './keeper-on.ts';
import { caughtUp, nextPage, settled, storedFrom, withEvents } from './load-book.ts';
import { underLock } from './locked-transaction.ts';
import { openBook } from './open-book.ts';
import { Patience } from './patience.ts';
import type { SnapshotKeeper } from '../snapshot/snapshot-keeper.ts';
import { refuse, settleKnown } from './settle.ts';
import type { WriterObserver, WritingLimits, WritingRules } from './rules.ts';
import type { Turn } from './turn.ts';
import { Turns } from './turns.ts';

/** Losses after which a batch takes the lock first: with two or three writers a fourth race is rarely lost, a queue of 16 never ends. */
export const LOSSES_BEFORE_LOCK = 2;

/**
 * Decides and appends the commands of one ledger, batch after batch. Always right, whoever else writes the ledger: the
 * append checks the head that was decided on; fast while it is the only one.
 */
export class GroupWriter<State, Command, Event extends DomainEvent> {
  private book: Book<State> | null = null;
  /** Of that book; null where no snapshots are kept. */
  private keeper: SnapshotKeeper<State> | null = null;
  private readonly turns: Turns;

  constructor(
    readonly ledger: string,
    private readonly pool: pg.Pool,
    private readonly rules: WritingRules<State, Command, Event>,
    private readonly limits: WritingLimits,
    private readonly observer: WriterObserver,
  ) {
    this.turns = new Turns(ledger, pool, observer);
  }

  /** Whether another process writes the ledger, so that it is to be written {@link inTurn}. */
  get isRivalled(): boolean {
    return this.book !== null && this.turns.areTaken;
  }

  /** Runs `work` while the other processes wait, for a moment. False when the wait was too long, and nothing was done. */
  inTurn(work: (turn: Turn) => Promise<void>): Promise<boolean> {
    return this.turns.inTurn((database, isWanted) => this.follow(database, isWanted), work);
  }

  /** `entries` decided on `book`; null when there are none, no book is loaded, or one cannot be decided: {@link write} knows what to do then. */
  decide(entries: readonly Entry<State, Command>[], book = this.book): DecidedBatch<State, Command> | null {
    if (book === null || entries.length === 0) return null;
    const tried = decideBatch(this.rules, this.limits, book, entries);
    return tried.failed.length > 0 ? null : tried;
  }

  /** Sends a batch that was decided on the book as it stands. */
  send(tried: DecidedBatch<State, Command>): Flight<State, Command> {
    const startMs = performance.now();
    const landing = append(this.turns.database, this.ledger, decidedOnBy(tried), tried.decided).then(
      (outcome) => this.landed(tried, outcome, performance.now() - startMs),
      (error: unknown) => ({ kept: false, settle: () => this.settleBroken(entriesOf(tried), error) }),
    );
    return { tried, landing };
  }

  /** Settles every entry: each is resolved or rejected when this returns. Never throws. */
  async write(batch: readonly Entry<State, Command>[], lossesBefore = 0): Promise<void> {
    let entries = batch;
    let losses = lossesBefore;
    const patience = new Patience(this.ledger, this.limits.unavailableAfterMs, this.observer);
    while (entries.length > 0) {
      try {
        const startMs = performance.now();
        const { tried, outcome } = await this.attempt(entries, losses >= LOSSES_BEFORE_LOCK);
        entries = await this.settle(tried, outcome, performance.now() - startMs);
        patience.renew();
        if (outcome?.outcome === 'missed') this.lost(outcome, ++losses);
      } catch (error) {
        if (failureOf(error) === 'refused') return await this.isolate(entries, error);
        this.turns.abandon();
        doubt(entries);
        if (!(await patience.waits(error)))
          return entries.forEach((entry) => refuse(entry, new LedgerUnavailable(error)));
      }
    }
  }

  private async attempt(
    entries: readonly Entry<State, Command>[],
    lockFirst: boolean,
  ): Promise<Attempt<State, Command>> {
    // Before the lock is taken: nobody may hold it for as long as a whole ledger is read.
    const book = (this.book ??= await this.opened());
    if (!lockFirst) return this.decideAndAppend(this.turns.database, book, entries);
    await this.turns.leave();
    return underLock(this.pool, this.ledger, async (client) => {
      this.book = settled(await caughtUp(client, this.ledger, this.rules, book));
      return this.decideAndAppend(client, this.book, entries);
    });
  }

  private async opened(): Promise<Book<State>> {
    void this.keeper?.stop();
    const { book, baseline, opened } = await openBook(this.pool, this.ledger, this.rules);
    this.keeper = keeperOn(this.ledger, this.rules.snapshots, baseline, this.observer);
    this.observer.onOpened?.(opened);
    return book;
  }

  private async decideAndAppend(
    database: Queryable,
    book: Book<State>,
    entries: readonly Entry<State, Command>[],
  ): Promise<Attempt<State, Command>> {
    const tried = decideBatch(this.rules, this.limits, book, entries);
    const outcome = tried.decided.length === 0 ? null : await append(database, this.ledger, book.head, tried.decided);
    return { tried, outcome };
  }

  private landed(
    tried: DecidedBatch<State, Command>,
    outcome: AppendOutcome,
    durationMs: number,
  ): Landing<State, Command> {
    if (outcome.outcome === 'appended') {
      this.keep(tried, outcome);
      // What is left over of the batch is in the next already.
      return { kept: true, settle: () => Promise.resolve(this.answer({ ...tried, left: [] }, outcome, durationMs)) };
    }
    if (outcome.outcome === 'missed') this.lost(outcome, 1);
    const settle = () => this.settle({ ...tried, left: [] }, outcome, durationMs);
    return {
      kept: false,
      settle: () => settle().catch((error: unknown) => this.settleBroken(entriesOf(tried), error)),
    };
  }

  private lost({ missed }: AppendOutcome, losses: number): void {
    this.turns.rivalMet();
    this.observer.onConflict?.({ ledger: this.ledger, missed: missed.length, losses });
  }

  /** Nobody heard what became of the batch, or PostgreSQL refused it. */
  private async settleBroken(
    entries: readonly Entry<State, Command>[],
    error: unknown,
  ): Promise<readonly Entry<State, Command>[]> {
    if (failureOf(error) !== 'refused') {
      this.turns.abandon();
      doubt(entries);
      this.observer.onRetry?.({ ledger: this.ledger, attempt: 1, delayMs: 0, error });
      return entries;
    }
    await this.isolate(entries, error);
    return [];
  }

  /** Answers what can be answered; what is left has to be tried again. */
  private async settle(
    tried: DecidedBatch<State, Command>,
    outcome: AppendOutcome | null,
    durationMs: number,
  ): Promise<readonly Entry<State, Command>[]> {
    await this.settleFailed(tried);
    if (outcome === null) return tried.left;
    if (outcome.outcome === 'unknown_ledger') throw new LedgerUnknown(this.ledger);
    if (outcome.outcome === 'appended') {
      this.keep(tried, outcome);
      return this.answer(tried, outcome, durationMs);
    }
    if (outcome.outcome === 'missed') await this.applyMissed(outcome);
    return [...settleKnown(entriesOf(tried), outcome.known), ...tried.left];
  }

  private keep(tried: DecidedBatch<State, Command>, { recordedAtMs }: AppendOutcome): void {
    this.book = settled({ ...tried.book, recordedAtMs });
    // Without an event the time is of no event: a snapshot names both.
    if (tried.book.head > decidedOnBy(tried)) this.keeper?.consider(this.book);
  }

  /** Gives up what is being kept of the book. To be called when nothing is being written. */
  async stop(): Promise<void> {
    await Promise.all([this.turns.stop(), this.keeper?.stop()]);
  }

  private answer(
    tried: DecidedBatch<State, Command>,
    { head }: AppendOutcome,
    durationMs: number,
  ): readonly Entry<State, Command>[] {
    const { decided, left } = tried;
    for (const { entry, decision } of decided) entry.resolve({ answer: decision.answer, replayed: false });
    const events = head - decidedOnBy(tried);
    this.observer.onBatch?.({ ledger: this.ledger, commands: decided.length, events, durationMs });
    return left;
  }

  private async applyMissed(outcome: AppendOutcome): Promise<void> {
    if (this.book === null) return;
    // A shorter ledger than the one we know is another one: a backup took its place.
    if (outcome.head < this.book.head) this.book = null;
    else this.book = settled(withEvents(this.rules, this.book, storedFrom(outcome.missed)));
    if (this.book !== null && this.book.head < outcome.head) {
      this.book = settled(await caughtUp(this.turns.database, this.ledger, this.rules, this.book));
    }
  }

  /** Reads a page on from the book's head, while nothing is being written. What it leaves the append finds missed. */
  private async follow(database: Queryable, isWanted: () => boolean): Promise<void> {
    const { book } = this;
    if (book === null) return;
    const page = await nextPage(database, this.ledger, book);
    if (page.length === 0 || !isWanted()) return;
    this.turns.rivalMet();
    this.book = settled(withEvents(this.rules, book, page));
  }

  /** What cannot be decided today may have been decided before: then the answer of that time counts. */
  private async settleFailed({ failed }: DecidedBatch<State, Command>): Promise<void> {
    if (failed.length === 0) return;
    const entries = failed.map(({ entry }) => entry);
    const known = await knownCommands(
      this.turns.database,
      this.ledger,
      entries.map(({ submission }) => submission),
    );
    const errors = new Map(failed.map(({ entry, error }) => [entry.key, error]));
    for (const entry of settleKnown(entries, known)) refuse(entry, errors.get(entry.key));
  }

  /** Halves a batch that fails as a whole, until the command at fault fails alone. */
  private async isolate(entries: readonly Entry<State, Command>[], error: unknown): Promise<void> {
    this.observer.onRefusal?.({ ledger: this.ledger, commands: entries.length, error });
    if (entries.length === 1 || error instanceof EventStoreError) {
      return entries.forEach((entry) => refuse(entry, error));
    }
    const middle = entries.length >> 1;
    await this.write(entries.slice(0, middle));
    await this.write(entries.slice(middle));
  }
}
