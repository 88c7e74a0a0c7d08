import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** How far a ledger is in the topic. */
export interface Publication {
  readonly ledger: Id;
  /** UUID of the store's life in which the positions were given. */
  readonly incarnation: string;
  /** Every position up to this one was acknowledged; 0 before the first. */
  readonly position: number;
  /** Offset of the first message of this publication in its partition; null before it. */
  readonly firstOffset: number | null;
  /** Offset of the last message in its partition; null before the first. */
  readonly lastOffset: number | null;
}

export interface Advance {
  readonly topic: string;
  readonly ledger: Id;
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
}

/**
 * Makes every publication of `topic` the property of `epoch` and answers them: from here on no earlier leader moves one,
 * whatever it still believes. What was halted is tried again.
 */
export async function takePublications(db: Queryable, topic: string, epoch: number): Promise<readonly Publication[]> {
  const { rows } = await db.query<PublicationRow>(
    `update relay.publications
     set epoch = $2, halted_code = null, halted_at = null
     where topic = $1 and epoch <= $2
     returning ledger, incarnation, position, first_offset, last_offset`,
    [topic, epoch],
  );
  return rows.map(publicationOf);
}

/**
 * The publication of a ledger seen for the first time; null when another leader made or took it, or has the lead by now.
 * The lock on the lease makes a successor wait until the row is there for it to take.
 */
export async function beginPublication(
  db: Queryable,
  start: { readonly topic: string; readonly ledger: Id; readonly incarnation: string; readonly epoch: number },
): Promise<Publication | null> {
  const { rows } = await db.query<PublicationRow>(
    `with lead as (
       select epoch from relay.leases where topic = $1 and epoch = $4 for share
     )
     insert into relay.publications (topic, ledger, incarnation, position, epoch)
     select $1, $2, $3, 0, epoch from lead
     on conflict do nothing
     returning ledger, incarnation, position, first_offset, last_offset`,
    [start.topic, start.ledger, start.incarnation, start.epoch],
  );
  return rows.map(publicationOf)[0] ?? null;
}

/** Records what was acknowledged. False when the row is another leader's, or not where `from` says: nothing has changed. */
export async function advancePublication(db: Queryable, advance: Advance): Promise<boolean> {
  const { rowCount } = await db.query(
    `update relay.publications
     set position = $5, first_offset = $6, last_offset = $7
     where topic = $1 and ledger = $2 and epoch = $3 and position = $4`,
    [
      ...[advance.topic, advance.ledger, advance.epoch, advance.from],
      ...[advance.to, advance.firstOffset, advance.lastOffset],
    ],
  );
  return rowCount === 1;
}

/** Starts the publication of `ledger` again, because the topic no longer holds what was acknowledged. */
export async function restartPublication(
  db: Queryable,
  { topic, ledger, epoch }: Pick<Advance, 'topic' | 'ledger' | 'epoch'>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update relay.publications
     set position = 0, first_offset = null, last_offset = null
     where topic = $1 and ledger = $2 and epoch = $3`,
    [topic, ledger, epoch],
  );
  return rowCount === 1;
}

/** Shows that `ledger` is not published any more. False when the row is another leader's. */
export async function haltPublication(
  db: Queryable,
  halt: Pick<Advance, 'topic' | 'ledger' | 'epoch'> & { readonly code: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update relay.publications
     set halted_code = $4, halted_at = clock_timestamp()
     where topic = $1 and ledger = $2 and epoch = $3`,
    [halt.topic, halt.ledger, halt.epoch, halt.code],
  );
  return rowCount === 1;
}

/** Records the number of partitions of a new topic, and answers the number the topic was made with. */
export async function recordPartitions(db: Queryable, topic: string, partitions: number): Promise<number> {
  const { rows } = await db.query<{ partitions: number }>(
    `with made as (
       insert into relay.topics (topic, partitions)
       values ($1, $2)
       on conflict do nothing
       returning partitions
     )
     select partitions from made
     union all
     select partitions from relay.topics where topic = $1`,
    [topic, partitions],
  );
  return rows[0]?.partitions ?? recordPartitions(db, topic, partitions);
}

interface PublicationRow {
  readonly ledger: string;
  readonly incarnation: string;
  /** bigint, which pg hands over as text. */
  readonly position: string;
  readonly first_offset: string | null;
  readonly last_offset: string | null;
}

function publicationOf(row: PublicationRow): Publication {
  return {
    ledger: row.ledger,
    incarnation: row.incarnation,
    position: Number(row.position),
    firstOffset: row.first_offset === null ? null : Number(row.first_offset),
    lastOffset: row.last_offset === null ? null : Number(row.last_offset),
  };
}
