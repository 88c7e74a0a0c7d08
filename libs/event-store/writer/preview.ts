import type { DomainEvent } from '#libs/kernel';
import type pg from 'pg';
import { EventStoreError, LedgerUnavailable } from '../errors.ts';
import type { CommandPreview, CommandPreviews, Submission } from '../types.ts';
import type { Book } from './book.ts';
import { previewCommand } from './decide-command.ts';
import { caughtUp, settled } from './load-book.ts';
import { openBook } from './open-book.ts';
import type { WritingRules } from './rules.ts';

/** Ledgers whose books are kept between two previews; of more, the one asked for longest ago is read again. */
const BOOKS_KEPT = 8;

export interface LedgerPreviewsOptions<State, Command, Event extends DomainEvent> extends WritingRules<
  State,
  Command,
  Event
> {
  /** Any role that may read the ledger. */
  readonly pool: pg.Pool;
}

/**
 * Says what commands would do, on books of its own that follow the ledger: a preview never meets the writer's, whose
 * next batch stands on what is still on its way.
 */
export class LedgerPreviews<State, Command, Event extends DomainEvent> implements CommandPreviews<State, Command> {
  private readonly books = new Map<string, Promise<Book<State>>>();

  constructor(private readonly options: LedgerPreviewsOptions<State, Command, Event>) {}

  async preview(submission: Submission<State, Command>): Promise<CommandPreview> {
    try {
      return previewCommand(this.options, await this.latest(submission.ledger), submission);
    } catch (error) {
      if (error instanceof EventStoreError) throw error;
      throw new LedgerUnavailable(error);
    }
  }

  /** One after another for each ledger: every book follows the one before. A book that failed is forgotten. */
  private latest(ledger: string): Promise<Book<State>> {
    const before = this.books.get(ledger);
    const latest = before === undefined ? this.loaded(ledger) : before.then((book) => this.followed(ledger, book));
    this.books.delete(ledger);
    this.books.set(ledger, latest);
    latest.catch(() => this.books.get(ledger) === latest && this.books.delete(ledger));
    const [oldest] = this.books.keys();
    if (this.books.size > BOOKS_KEPT && oldest !== undefined) this.books.delete(oldest);
    return latest;
  }

  private async loaded(ledger: string): Promise<Book<State>> {
    return (await openBook(this.options.pool, ledger, this.options, { keepsSnapshots: false })).book;
  }

  private async followed(ledger: string, book: Book<State>): Promise<Book<State>> {
    return settled(await caughtUp(this.options.pool, ledger, this.options, book));
  }
}
