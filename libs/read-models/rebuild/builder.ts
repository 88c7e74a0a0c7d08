import { setImmediate as nextTurn } from 'node:timers/promises';
import type pg from 'pg';
import type { StoredEvent } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { LineId } from '../delivery-schedule/line.ts';
import type { Timeline } from '../delivery-schedule/timeline.ts';
import { START, type Checkpoint, type CheckpointMove } from '../projection/checkpoint.ts';
import type { DecodeEvent } from '../projection/decode.ts';
import { rowsOf } from '../projection/batch-rows.ts';
import { CopiedRows } from '../projection/copied-rows.ts';
import { foldBatch, readable, type Poison } from '../projection/fold-batch.ts';
import { recordHalt, type Halt } from '../projection/halt.ts';
import { refusalCode } from '../projection/refusal.ts';
import { projectStretch } from '../projection/stretch.ts';
import { writeRows } from '../projection/write-batch.ts';
import { GenerationTaken } from './errors.ts';

export interface BuilderParts {
  /** Signed in as waybill_projector. */
  readonly pool: pg.Pool;
  readonly decode: DecodeEvent;
  readonly ledger: Id;
  readonly generation: number;
}

/**
 * Fills a generation that nobody else writes, from position 1 on: while PostgreSQL writes one batch, the next is
 * folded. The timelines of all lines stay in memory, so that nothing is read back.
 */
export class GenerationBuilder {
  /** Digests, hex, of what was read up to the end of each batch, by position. */
  readonly digests = new Map<number, string>([[0, START.digest.toString('hex')]]);
  private folded: Checkpoint = START;
  private timelines = new Map<LineId, Timeline>();
  private writing: Promise<{ readonly cause: unknown } | null> = Promise.resolve(null);
  private standsBefore: Halt | null = null;

  constructor(private readonly parts: BuilderParts) {}

  /** Of the last event folded. */
  get position(): number {
    return this.folded.position;
  }

  /** Set when the next event cannot be folded or written. */
  get halt(): Halt | null {
    return this.standsBefore;
  }

  /** Folds `events`, which follow `position` without a gap, and begins to write what they make. */
  async take(events: readonly StoredEvent[]): Promise<void> {
    const from = this.folded;
    const { to, rows, poison } = await this.fold(from, events);
    await this.written();
    if (this.standsBefore !== null) return;
    this.folded = to;
    this.digests.set(this.position, to.digest.toString('hex'));
    // A failure is thrown at who asks whether it is written.
    this.writing = this.write({ from, to }, rows, events).then(
      () => null,
      (cause: unknown) => ({ cause }),
    );
    if (poison === null) return;
    await this.written();
    await this.halted({ position: poison.position, code: poison.error.code });
  }

  /**
   * A few at a time: what they made is text before the next are looked at, and short-lived. In between the batch that is being
   * written gets on: each of its tables takes two turns of the event loop.
   */
  private async fold(from: Checkpoint, events: readonly StoredEvent[]): Promise<Folded> {
    const { generation, ledger, decode } = this.parts;
    const rows = new CopiedRows(generation, ledger);
    let to = from;
    for (let start = 0; start < events.length; start += FOLDED_EVENTS) {
      const read = readable(events.slice(start, start + FOLDED_EVENTS), decode);
      const { batch, poison } = foldBatch(to, this.timelines, read.events);
      rows.add(rowsOf(batch));
      to = batch.checkpoint;
      const refusal = poison ?? read.poison;
      if (refusal !== null) return { to, rows, poison: refusal };
      await nextTurn();
    }
    return { to, rows, poison: null };
  }

  /** Resolves when everything taken is in the database. Throws what the database says. */
  async written(): Promise<void> {
    const failure = await this.writing;
    if (failure !== null) throw failure.cause;
  }

  private async write({ from, to }: CheckpointMove, rows: CopiedRows, events: readonly StoredEvent[]): Promise<void> {
    if (to.position === from.position) return;
    const { pool, generation, ledger } = this.parts;
    try {
      if (await writeRows(pool, { generation, ledger, onlyWhileLive: false }, { from, to }, rows)) return;
    } catch (error) {
      if (refusalCode(error) === null) throw error;
      await this.writeBefore(from, events.slice(0, to.position - from.position));
      // What was folded since stands on all of it.
      if (this.standsBefore === null) throw error;
      return;
    }
    throw new GenerationTaken(ledger, generation);
  }

  /** The database refuses a row: as far as it goes, event by event in the end. */
  private async writeBefore(from: Checkpoint, events: readonly StoredEvent[]): Promise<void> {
    const { generation, ledger } = this.parts;
    const { standing, halted } = await projectStretch(this.parts, ledger, { generation, checkpoint: from }, events);
    this.folded = standing.checkpoint;
    this.digests.set(this.position, standing.checkpoint.digest.toString('hex'));
    this.timelines = new Map();
    this.standsBefore = halted;
  }

  private async halted(halt: Halt): Promise<void> {
    if (this.standsBefore !== null) return;
    const { pool, generation, ledger } = this.parts;
    await recordHalt(pool, generation, ledger, halt);
    this.standsBefore = halt;
  }
}

interface Folded {
  readonly to: Checkpoint;
  readonly rows: CopiedRows;
  readonly poison: Poison | null;
}

const FOLDED_EVENTS = 250;
