import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** A ledger's projection stands still before the event at `position`; `code` says why. */
export interface Halt {
  readonly position: number;
  readonly code: string;
}

/** Says so for all to see; the first `since` of the same halt is kept. */
export async function recordHalt(db: Queryable, generation: number, ledger: Id, halt: Halt): Promise<void> {
  await db.query(
    `insert into read.halts as standing (generation, ledger, position, code)
     values ($1, $2, $3, $4)
     on conflict (generation, ledger) do update
       set position = excluded.position, code = excluded.code, since = excluded.since
       where (standing.position, standing.code) <> (excluded.position, excluded.code)`,
    [generation, ledger, halt.position, halt.code],
  );
}

/** Those of `ledgers` that stand still before an event. */
export async function haltedLedgers(db: Queryable, ledgers: readonly Id[]): Promise<ReadonlySet<Id>> {
  const { rows } = await db.query<{ ledger: Id }>('select distinct ledger from read.halts where ledger = any ($1)', [
    ledgers,
  ]);
  return new Set(rows.map(({ ledger }) => ledger));
}

/** How many ledgers stand still before an event. */
export async function countHaltedLedgers(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: string }>('select count(distinct ledger) from read.halts');
  return Number(rows[0]?.count);
}

/** Takes back the halt of a ledger that has gone past it. */
export async function clearHalt(db: Queryable, generation: number, ledger: Id, position: number): Promise<void> {
  await db.query('delete from read.halts where generation = $1 and ledger = $2 and position <= $3', [
    generation,
    ledger,
    position,
  ]);
}
