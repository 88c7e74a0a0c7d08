import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEvent } from '#libs/kernel';
import type pg from 'pg';
import { EventStoreError, LedgerUnavailable, LedgerUnknown } from '../errors.ts';
import type { Queryable } from '../queryable.ts';
import { append, knownCommands, type AppendOutcome } from './append-statement.ts';
import type { Book } from './book.ts';
import { failureOf } from './database-failure.ts';
import { decideBatch, type DecidedBatch } from './decide-batch.ts';
import type { Entry } from './entry.ts';
import { caughtUp, loadBook, storedFrom, withEvents } from './load-book.ts';
import { underLock } from './locked-transaction.ts';
import { retryDelayMs } from './retry-delay.ts';
import { refuse, settleKnown } from './settle.ts';
import type { WriterObserver, WritingLimits, WritingRules } from './rules.ts';

/** Losses after which a batch takes the lock first: with two or three writers a fourth race is rarely lost, a queue of 16 never ends. */
const LOSSES_BEFORE_LOCK = 2;

/**
 * Decides and appends the commands of one ledger, batch after batch. Always right, whoever else writes the ledger: the
 * append checks the head that was decided on; fast while it is the only one.
 */
export class GroupWriter<State, Command, Event extends DomainEvent> {
  private book: Book<State> | null = null;

  constructor(
    readonly ledger: string,
    private readonly pool: pg.Pool,
    private readonly rules: WritingRules<State, Command, Event>,
    private readonly limits: WritingLimits,
    private readonly observer: WriterObserver,
  ) {}

  /** Settles every entry: each is resolved or rejected when this returns. Never throws. */
  async write(batch: readonly Entry<State, Command>[]): Promise<void> {
    let entries = batch;
    let losses = 0;
    const patience = { deadlineMs: 0, attempt: 0 };
    while (entries.length > 0) {
      try {
        const startMs = performance.now();
        const { tried, outcome } = await this.attempt(entries, losses >= LOSSES_BEFORE_LOCK);
        entries = await this.settle(tried, outcome, performance.now() - startMs);
        patience.attempt = 0;
        if (outcome?.outcome === 'missed')
          this.observer.onConflict?.({ ledger: this.ledger, missed: outcome.missed.length, losses: ++losses });
      } catch (error) {
        if (failureOf(error) === 'refused') return await this.isolate(entries, error);
        for (const entry of entries) entry.unsure = true;
        if (!(await this.waitBeforeRetry(patience, error)))
          return entries.forEach((entry) => refuse(entry, new LedgerUnavailable(error)));
      }
    }
  }

  private attempt(entries: readonly Entry<State, Command>[], lockFirst: boolean): Promise<Attempt<State, Command>> {
    if (!lockFirst) return this.decideAndAppend(this.pool, entries);
    return underLock(this.pool, this.ledger, async (client) => {
      if (this.book !== null) this.book = await caughtUp(client, this.ledger, this.rules, this.book);
      return this.decideAndAppend(client, entries);
    });
  }

  private async decideAndAppend(
    database: Queryable,
    entries: readonly Entry<State, Command>[],
  ): Promise<Attempt<State, Command>> {
    this.book ??= await loadBook(database, this.ledger, this.rules);
    const tried = decideBatch(this.rules, this.limits, this.book, entries);
    const outcome =
      tried.decided.length === 0 ? null : await append(database, this.ledger, this.book.head, tried.decided);
    return { tried, outcome };
  }

  /** Answers what can be answered; what is left has to be tried again. */
  private async settle(
    tried: DecidedBatch<State, Command>,
    outcome: AppendOutcome | null,
    durationMs: number,
  ): Promise<readonly Entry<State, Command>[]> {
    await this.settleFailed(tried);
    if (outcome === null) return tried.left;
    const entries = tried.decided.map(({ entry }) => entry);
    if (outcome.outcome === 'unknown_ledger') throw new LedgerUnknown(this.ledger);
    if (outcome.outcome === 'appended') {
      this.book = { ...tried.book, recordedAtMs: outcome.recordedAtMs };
      for (const { entry, decision } of tried.decided) entry.resolve({ answer: decision.answer, replayed: false });
      const events = outcome.head - (tried.decided[0]?.decision.decidedOn ?? 0);
      this.observer.onBatch?.({ ledger: this.ledger, commands: entries.length, events, durationMs });
      return tried.left;
    }
    if (outcome.outcome === 'missed') await this.applyMissed(outcome);
    return [...settleKnown(entries, outcome.known), ...tried.left];
  }

  private async applyMissed(outcome: AppendOutcome): Promise<void> {
    if (this.book === null) return;
    // A shorter ledger than the one we know is another one: a backup took its place.
    if (outcome.head < this.book.head) this.book = null;
    else this.book = withEvents(this.rules, this.book, storedFrom(outcome.missed));
    if (this.book !== null && this.book.head < outcome.head) {
      this.book = await caughtUp(this.pool, this.ledger, this.rules, this.book);
    }
  }

  /** What cannot be decided today may have been decided before: then the answer of that time counts. */
  private async settleFailed({ failed }: DecidedBatch<State, Command>): Promise<void> {
    if (failed.length === 0) return;
    const entries = failed.map(({ entry }) => entry);
    const known = await knownCommands(
      this.pool,
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

  private async waitBeforeRetry(patience: { deadlineMs: number; attempt: number }, error: unknown): Promise<boolean> {
    if (patience.attempt++ === 0) patience.deadlineMs = performance.now() + this.limits.unavailableAfterMs;
    if (performance.now() > patience.deadlineMs) return false;
    const delayMs = retryDelayMs(patience.attempt);
    this.observer.onRetry?.({ ledger: this.ledger, attempt: patience.attempt, delayMs, error });
    await sleep(delayMs);
    return true;
  }
}

interface Attempt<State, Command> {
  readonly tried: DecidedBatch<State, Command>;
  /** Null when no command could be decided. */
  readonly outcome: AppendOutcome | null;
}
