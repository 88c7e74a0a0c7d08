import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Queryable } from '../queryable.ts';
import type { WriterObserver } from './rules.ts';
import { Turn } from './turn.ts';

/** Turns are taken for so long after another process was last met: then this one is alone again. */
const RIVAL_REMEMBERED_MS = 1_000;
const FOLLOW_EVERY_MS = 20;

/** What is read of the ledger is left aside when `isWanted` says no by then. */
export type Follow = (database: Queryable, isWanted: () => boolean) => Promise<void>;

/**
 * When a process writes a ledger in turns: from the moment that another one was faster until none was met for a second. A
 * process that is alone takes none.
 */
export class Turns {
  private rivalMetAtMs = -Infinity;
  private turn: Turn | null = null;
  private following: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ledger: string,
    private readonly pool: pg.Pool,
    private readonly observer: WriterObserver,
  ) {}

  get areTaken(): boolean {
    return performance.now() - this.rivalMetAtMs < RIVAL_REMEMBERED_MS;
  }

  /** Where to write: on the connection of the turn while there is one. */
  get database(): Queryable {
    return this.turn?.connection ?? this.pool;
  }

  rivalMet(): void {
    this.rivalMetAtMs = performance.now();
  }

  /**
   * Runs `work` in a turn, on what `follow` has read by then: while another process has the turn, and all the rest once this
   * one has it. False when there was no turn in time, or PostgreSQL did not answer: then nothing was done.
   */
  async inTurn(follow: Follow, work: (turn: Turn) => Promise<void>): Promise<boolean> {
    const startMs = performance.now();
    const told = (turn: { taken: boolean; error?: unknown }) =>
      this.observer.onTurn?.({ ledger: this.ledger, waitedMs: performance.now() - startMs, ...turn });
    try {
      this.turn = await this.taken(follow);
      if (this.turn !== null) await follow(this.database, () => true);
    } catch (error) {
      this.abandon();
      told({ taken: false, error });
      return false;
    }
    told({ taken: this.turn !== null });
    if (this.turn === null) return false;
    await this.during(this.turn, work);
    return true;
  }

  /** Before its time is over. */
  async leave(): Promise<void> {
    await this.turn?.leave();
  }

  /** The connection may be broken. */
  abandon(): void {
    this.turn?.abandon();
    this.turn = null;
  }

  /** Nothing is read any more. */
  async stop(): Promise<void> {
    await this.following;
  }

  private async during(turn: Turn, work: (turn: Turn) => Promise<void>): Promise<void> {
    if (turn.waited) this.rivalMet();
    try {
      await work(turn);
    } finally {
      await turn.leave();
      this.turn = null;
    }
  }

  private async taken(follow: Follow): Promise<Turn | null> {
    const wait = { goesOn: true };
    this.following = Promise.all([this.following, this.follows(follow, wait)]);
    try {
      return await Turn.take(this.pool, this.ledger);
    } finally {
      wait.goesOn = false;
    }
  }

  private async follows(follow: Follow, wait: { goesOn: boolean }): Promise<void> {
    await sleep(FOLLOW_EVERY_MS);
    while (wait.goesOn) {
      try {
        await follow(this.pool, () => wait.goesOn);
        await sleep(FOLLOW_EVERY_MS);
      } catch {
        // What was not read now is read when the turn has come, and what is wrong is told then.
        wait.goesOn = false;
      }
    }
  }
}
