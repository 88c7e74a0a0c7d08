import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '#libs/kernel';
import { CommandInProgress, LedgerUnavailable, QueueFull } from '../errors.ts';
import type { Submission, SubmissionResult } from '../types.ts';
import { entryKey, makeEntry, type Entry } from './entry.ts';
import type { GroupWriter } from './group-writer.ts';
import type { WritingLimits } from './rules.ts';

/** The commands that wait for one ledger; what is waiting when the writer is free becomes its next batch. */
export class LedgerQueue<State, Command, Event extends DomainEvent> {
  private readonly waiting: Entry<State, Command>[] = [];
  private readonly inFlight = new Set<string>();
  private running: Promise<void> | null = null;

  constructor(
    private readonly writer: GroupWriter<State, Command, Event>,
    private readonly limits: WritingLimits,
  ) {}

  get waitingCommands(): number {
    return this.waiting.length;
  }

  submit(submission: Submission<State, Command>): Promise<SubmissionResult> {
    const key = entryKey(submission.actor, submission.commandId);
    return new Promise<SubmissionResult>((resolve, reject) => {
      if (this.inFlight.has(key)) throw new CommandInProgress(submission.commandId);
      if (this.waiting.length >= this.limits.waitingCommands) {
        throw new LedgerUnavailable(new QueueFull(this.waiting.length));
      }
      this.inFlight.add(key);
      this.waiting.push(makeEntry(submission, this.leaving(key, resolve), this.leaving(key, reject)));
      this.running ??= this.run();
    });
  }

  /** The id is free again in the moment its answer is told. */
  private leaving<Told>(key: string, tell: (told: Told) => void): (told: Told) => void {
    return (told) => {
      this.inFlight.delete(key);
      tell(told);
    };
  }

  /** Resolves when nothing waits and nothing is being written. */
  async drained(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  /** Waits one turn of the event loop before each batch: those who were just answered, or arrived together, go together. */
  private async run(): Promise<void> {
    for (await nextTurn(); this.waiting.length > 0; await nextTurn()) {
      await this.writer.write(this.waiting.splice(0, this.limits.batchCommands));
    }
    this.running = null;
  }
}
