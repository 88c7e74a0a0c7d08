import type { DomainEvent } from '#libs/kernel';
import type pg from 'pg';
import { LedgerUnavailable, LedgerUnknown, WritersStopped } from '../errors.ts';
import type { CommandSink, Submission, SubmissionResult } from '../types.ts';
import { GroupWriter } from './group-writer.ts';
import { LedgerQueue } from './ledger-queue.ts';
import { DEFAULT_LIMITS, type WriterObserver, type WritingLimits, type WritingRules } from './rules.ts';
import { countingObserver, type WriterCounts } from './writer-counts.ts';

export interface LedgerWritersOptions<State, Command, Event extends DomainEvent> extends WritingRules<
  State,
  Command,
  Event
> {
  /** Signed in as waybill_writer; two connections are enough for one busy ledger. */
  readonly pool: pg.Pool;
  readonly observer?: WriterObserver;
  readonly limits?: Partial<WritingLimits>;
}

export interface WriterStatistics extends WriterCounts {
  readonly ledgers: number;
  readonly waitingCommands: number;
}

/** The writers of a process, one a ledger, made at its first command. */
export class LedgerWriters<State, Command, Event extends DomainEvent> implements CommandSink<State, Command> {
  private readonly queues = new Map<string, LedgerQueue<State, Command, Event>>();
  private readonly limits: WritingLimits;
  private readonly counting;
  private stopped = false;

  constructor(private readonly options: LedgerWritersOptions<State, Command, Event>) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.counting = countingObserver(options.observer ?? {});
  }

  /**
   * Throws what {@link CommandSink.submit} says, RecordedOnRefused, and CommandFailed for a command that cannot be
   * decided, encoded or stored by a fault that is not its client's.
   */
  async submit(submission: Submission<State, Command>): Promise<SubmissionResult> {
    if (this.stopped) throw new LedgerUnavailable(new WritersStopped());
    const queue = this.queueOf(submission.ledger);
    try {
      return await queue.submit(submission);
    } catch (error) {
      // Names that no ledger has would otherwise fill the memory.
      if (error instanceof LedgerUnknown && queue.waitingCommands === 0) this.queues.delete(submission.ledger);
      throw error;
    }
  }

  /** Takes no more commands, and resolves when those it took are answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.queues.values()].map((queue) => queue.drained()));
  }

  statistics(): WriterStatistics {
    const waitingCommands = [...this.queues.values()].reduce((sum, queue) => sum + queue.waitingCommands, 0);
    return { ...this.counting.counts(), ledgers: this.queues.size, waitingCommands };
  }

  private queueOf(ledger: string): LedgerQueue<State, Command, Event> {
    const existing = this.queues.get(ledger);
    if (existing !== undefined) return existing;
    const writer = new GroupWriter(ledger, this.options.pool, this.options, this.limits, this.counting.observer);
    const queue = new LedgerQueue(writer, this.limits);
    this.queues.set(ledger, queue);
    return queue;
  }
}
