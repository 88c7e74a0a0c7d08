import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { RefillUnderWay } from '../errors.ts';

/** A ledger that somebody wants to see published anew, from its first event. */
export interface Refill {
  /** UUID. */
  readonly refill: string;
  readonly ledger: Id;
  /** The ledger's head when a leader began; null before. */
  readonly upTo: number | null;
}

/** How far a refill is, for whoever waits for it. */
export interface RefillProgress extends Refill {
  readonly requestedBy: string;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly finished: boolean;
  /** The ledger's publication now. */
  readonly position: number;
  /** Code of the defect that halted the publication again; null while it goes on. */
  readonly haltedCode: string | null;
}

export interface RefillRequest {
  readonly topic: string;
  readonly ledger: Id;
  /** Who asks, in at most 200 characters. */
  readonly who: string;
  /** Why, in at most 2,000 characters. */
  readonly why: string;
}

/**
 * Asks whoever leads the topic to publish `ledger` anew, from its first event and as of the store's present incarnation;
 * releases it, when it was halted. Answers the UUID of the refill. Consumers drop by position what they have.
 * Throws RefillUnderWay when one is open: then nothing has changed, and that one goes on.
 */
export async function requestRefill(db: Queryable, { topic, ledger, who, why }: RefillRequest): Promise<string> {
  const { rows } = await db.query<{ refill: string }>(
    `insert into relay.refills (topic, ledger, requested_by, reason)
     values ($1, $2, $3, $4)
     on conflict (topic, ledger) where finished_at is null do nothing
     returning refill`,
    [topic, ledger, who, why],
  );
  const [row] = rows;
  if (row === undefined) throw new RefillUnderWay(topic, ledger);
  return row.refill;
}

/** What is asked for and not done yet, in the order of asking. */
export async function openRefills(db: Queryable, topic: string): Promise<readonly Refill[]> {
  const { rows } = await db.query<{ refill: string; ledger: string; up_to: string | null }>({
    name: 'relay-open-refills',
    text: `select refill, ledger, up_to from relay.refills where topic = $1 and finished_at is null order by requested_at`,
    values: [topic],
  });
  return rows.map(({ refill, ledger, up_to }) => ({ refill, ledger, upTo: up_to === null ? null : Number(up_to) }));
}

/** Where the newest refill of each of `ledgers` is. */
export async function refillProgress(
  db: Queryable,
  topic: string,
  ledgers: readonly Id[],
): Promise<readonly RefillProgress[]> {
  const { rows } = await db.query<ProgressRow>(
    `select distinct on (r.ledger) r.refill, r.ledger, r.up_to, r.requested_by, r.reason, r.requested_at,
            r.finished_at is not null as finished, coalesce(p.position, 0) as position, p.halted_code
     from relay.refills r
     left join relay.publications p on p.topic = r.topic and p.ledger = r.ledger
     where r.topic = $1 and r.ledger = any($2)
     order by r.ledger, r.requested_at desc`,
    [topic, ledgers],
  );
  return rows.map(progressOf);
}

export interface RefillStart {
  readonly topic: string;
  readonly refill: string;
  readonly ledger: Id;
  readonly epoch: number;
  readonly incarnation: string;
  readonly upTo: number;
}

/** Starts the publication again for a refill, in one step with its record. False when another leads. */
export async function beginRefill(db: Queryable, start: RefillStart): Promise<boolean> {
  const { rowCount } = await db.query(
    `with restarted as (
       update relay.publications
       set position = 0, first_offset = null, last_offset = null, incarnation = $5, halted_code = null, halted_at = null
       where topic = $1 and ledger = $2 and epoch = $3
       returning ledger
     )
     update relay.refills
     set begun_at = clock_timestamp(), up_to = $6
     where refill = $4 and begun_at is null and exists (select from restarted)`,
    [start.topic, start.ledger, start.epoch, start.refill, start.incarnation, start.upTo],
  );
  return rowCount === 1;
}

/** Notes that a refill is done. Nothing happens unless the publication is as far as the ledger was when it began. */
export async function finishRefill(db: Queryable, topic: string, refill: string): Promise<void> {
  await db.query(
    `update relay.refills r
     set finished_at = clock_timestamp()
     from relay.publications p
     where r.refill = $2 and r.finished_at is null and p.topic = $1 and p.ledger = r.ledger and p.position >= r.up_to`,
    [topic, refill],
  );
}

interface ProgressRow {
  readonly refill: string;
  readonly ledger: string;
  readonly up_to: string | null;
  readonly requested_by: string;
  readonly reason: string;
  readonly requested_at: Date;
  readonly finished: boolean;
  readonly position: string;
  readonly halted_code: string | null;
}

function progressOf(row: ProgressRow): RefillProgress {
  return {
    refill: row.refill,
    ledger: row.ledger,
    upTo: row.up_to === null ? null : Number(row.up_to),
    requestedBy: row.requested_by,
    reason: row.reason,
    requestedAt: row.requested_at,
    finished: row.finished,
    position: Number(row.position),
    haltedCode: row.halted_code,
  };
}
