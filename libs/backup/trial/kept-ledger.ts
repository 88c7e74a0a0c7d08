import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { LedgerWriters, openLedger, type SubmissionResult } from '#libs/event-store';
import { canonicalJson, DomainError, type DecidedEvent, type Decider, type DomainEvent } from '#libs/kernel';

type Note = { readonly say: string; readonly times: number };

/** A book of notes: each command notes its text some times, and none is refused unless it is empty. */
const notes: Decider<number, Note, DomainEvent> = {
  initial: 0,
  decide({ say, times }) {
    if (say === '') throw new DomainError('NOTHING_SAID', {});
    return Array.from({ length: times }, (_, n) => ({ type: 'Noted', stream: `note/${n % 3}`, data: { say } }));
  },
  evolve: (state) => state + 1,
};

/** A ledger with commands of several actors: accepted, refused, and some that made nothing. */
export class KeptLedger {
  private readonly writers: LedgerWriters<number, Note, DomainEvent>;

  private constructor(
    pool: pg.Pool,
    readonly actors: readonly string[],
    readonly ledger = `kept-${randomUUID()}`,
  ) {
    this.writers = new LedgerWriters({
      pool,
      decider: notes,
      codec: {
        encode: ({ position: _, ...body }) => canonicalJson(body),
        decode: ({ position, body }) => ({ ...(JSON.parse(body.toString()) as DecidedEvent), position }),
      },
      clock: { todayMs: () => Date.now() },
    });
  }

  /** `subjects` get pseudonyms of their own in the database. */
  static async open(pool: pg.Pool, subjects: readonly string[]): Promise<KeptLedger> {
    const { rows } = await pool.query<{ actor: string }>(
      'insert into access.actors (subject) select unnest($1::text[]) returning actor',
      [subjects],
    );
    const kept = new KeptLedger(
      pool,
      rows.map(({ actor }) => actor),
    );
    const opening = { ledger: kept.ledger, clock: 'system', currency: 'USD', title: 'Zum Löschen „nie“ 🚚' } as const;
    await openLedger(pool, { ...opening, actor: kept.actors[0] ?? '', commandId: 'open', request: opening });
    return kept;
  }

  send(commandId: string, note: Note, actor = this.actors[0] ?? ''): Promise<SubmissionResult> {
    const { ledger } = this;
    return this.writers.submit({
      ...{ ledger, commandId, actor, command: note, request: note, correlationId: commandId },
      ...{ causationId: null, effectiveAt: null, recordedOn: null, reason: null, evidence: [], scope: () => null },
    });
  }

  /** Sends `commands` commands of every kind. */
  async fill(commands: number, prefix = 'c'): Promise<void> {
    const sent = Array.from({ length: commands }, (_, n) =>
      this.send(`${prefix}-${n}`, NOTES[n % NOTES.length] ?? NOTES[0], this.actors[n % this.actors.length]),
    );
    await Promise.all(sent);
  }

  /** The same ledger where it was restored. */
  on(pool: pg.Pool): KeptLedger {
    return new KeptLedger(pool, this.actors, this.ledger);
  }

  stop(): Promise<void> {
    return this.writers.stop();
  }
}

const NOTES = [
  { say: 'one', times: 1 },
  { say: 'with "quotes", \\ and \u2028, 🚚', times: 3 },
  { say: '', times: 1 },
  { say: 'nothing', times: 0 },
] as const;
