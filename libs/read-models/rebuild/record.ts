import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** Who wants a ledger's read models built anew, and why. */
export interface RebuildOrder {
  readonly ledger: Id;
  readonly who: string;
  readonly why: string;
  /** Puts the new generation live although the live one differs from it. */
  readonly switchAnyway?: boolean;
}

/** How a rebuild ended, for the record. */
export interface RebuildEnd {
  readonly position: number;
  readonly digest: string;
  readonly eventsFromLedger: number;
  readonly eventsFromTopic: number;
  readonly differences: number;
  readonly isSwitched: boolean;
}

/** Notes the beginning and answers the new generation: a number that the ledger never had. */
export async function beginRecord(
  db: Queryable,
  { ledger, who, why }: RebuildOrder,
  source: 'ledger' | 'kafka',
  beside: number,
): Promise<number> {
  const { rows } = await db.query<{ generation: number }>(
    `with used as (
       select generation from read.rebuilds where ledger = $1
       union all
       select generation from read.checkpoints where ledger = $1
       union all
       select $3::integer
     )
     insert into read.rebuilds (ledger, generation, beside, source, who, why)
     select $1, max(generation) + 1, $3, $2, $4, $5 from used
     returning generation`,
    [ledger, source, beside, who, why],
  );
  const [row] = rows;
  if (row === undefined) throw new TypeError('an insert without a conflict clause returned no row');
  return row.generation;
}

/** False when the generation was dropped meanwhile. */
export async function endRecord(db: Queryable, ledger: Id, generation: number, end: RebuildEnd): Promise<boolean> {
  const { rowCount } = await db.query(
    `update read.rebuilds
     set ended_at = now(), position = $3, digest = decode($4, 'hex'), events_from_ledger = $5, events_from_topic = $6,
         differences = $7, switched_at = case when $8 then now() end
     where ledger = $1 and generation = $2 and dropped_at is null`,
    [
      ledger,
      generation,
      end.position,
      end.digest,
      end.eventsFromLedger,
      end.eventsFromTopic,
      end.differences,
      end.isSwitched,
    ],
  );
  return rowCount === 1;
}

/** Generations that were begun, never went live, and are still there: their process died, or they differed. */
export async function leftovers(db: Queryable, ledger: Id): Promise<readonly number[]> {
  const { rows } = await db.query<{ generation: number }>(
    `select generation
     from read.rebuilds
     where ledger = $1 and switched_at is null and dropped_at is null
     order by generation`,
    [ledger],
  );
  return rows.map(({ generation }) => generation);
}
