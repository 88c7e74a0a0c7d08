import type { DomainEvent } from '#libs/kernel';
import { CommandInProgress, LedgerUnavailable, QueueFull } from '../errors.ts';
import type { Submission, SubmissionResult } from '../types.ts';
import { entryKey, makeEntry, type Entry } from './entry.ts';
import type { GroupWriter } from './group-writer.ts';
import { writeWhatWaits, type Waiting } from './pipeline.ts';
import type { WritingLimits } from './rules.ts';

/** Fewer go as one batch: two small ones would each pay a commit. */
const SHARED_FROM_COMMANDS = 8;

/** The commands that wait for one ledger; what is waiting when the writer is free becomes its next batch. */
export class LedgerQueue<State, Command, Event extends DomainEvent> implements Waiting<State, Command> {
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

  /** Resolves when nothing waits and nothing is being written; to be called when no more is submitted. */
  async drained(): Promise<void> {
    while (this.running !== null) await this.running;
    await this.writer.stop();
  }

  /** Half of those in sight, unless told: were all sent as one batch, nobody would be left to decide for while it is on its way. */
  take(flyingCommands: number, shares = 2): readonly Entry<State, Command>[] {
    const share = Math.ceil((flyingCommands + this.waiting.length) / shares);
    const commands = Math.min(Math.max(share, SHARED_FROM_COMMANDS), this.limits.batchCommands - flyingCommands);
    return this.waiting.splice(0, commands);
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) await writeWhatWaits(this.writer, this);
    this.running = null;
  }
}
