import type pg from 'pg';
import type { Queryable } from '../queryable.ts';

/** Long beside the handing over, short beside what a caller will wait for. */
export const TURN_MS = 50;

/**
 * A turn at a ledger that several processes write, on a connection of its own. It makes nothing right and nothing wrong:
 * whoever writes without one is met by the check of the head. PostgreSQL ends the connection of one that stands still.
 */
export class Turn {
  private readonly endsAtMs = performance.now() + TURN_MS;
  private client: pg.PoolClient | null;
  private left: Promise<void> = Promise.resolve();

  private constructor(
    private readonly ledger: string,
    client: pg.PoolClient,
    /** Whether another process had it. */
    readonly waited: boolean,
  ) {
    this.client = client;
  }

  /** Waits in line; null when that took too long. Throws when PostgreSQL does not answer. */
  static async take(pool: pg.Pool, ledger: string): Promise<Turn | null> {
    const client = await pool.connect();
    try {
      const { rows } = await client.query<{ taken: boolean; waited: boolean }>({
        name: 'ledger-take-turn',
        text: 'select taken, waited from ledger.take_turn($1)',
        values: [ledger],
      });
      const { taken = false, waited = false } = rows[0] ?? {};
      if (taken) return new Turn(ledger, client, waited);
      client.release();
      return null;
    } catch (error) {
      // It may have been given the turn without our hearing of it.
      client.release(true);
      throw error;
    }
  }

  get isOver(): boolean {
    return this.client === null || performance.now() >= this.endsAtMs;
  }

  /** Where to write during the turn; null once it was left or lost. */
  get connection(): Queryable | null {
    return this.client;
  }

  /** Lets the next one write; resolves when it may. Never throws: a turn that cannot be given back ends with its connection. */
  leave(): Promise<void> {
    const { client } = this;
    this.client = null;
    if (client !== null) this.left = this.givenBack(client);
    return this.left;
  }

  private async givenBack(client: pg.PoolClient): Promise<void> {
    try {
      await client.query({ name: 'ledger-leave-turn', text: 'select ledger.leave_turn($1)', values: [this.ledger] });
      client.release();
    } catch {
      client.release(true);
    }
  }

  /** Ends the connection, which may be broken. */
  abandon(): void {
    this.client?.release(true);
    this.client = null;
  }
}
