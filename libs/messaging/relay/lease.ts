import type { Queryable } from '#libs/event-store';

/** Who leads a topic. `epoch` grows with every change of leader and fences the writes of earlier ones. */
export interface LeaseClaim {
  readonly topic: string;
  /** UUID of the process's life. */
  readonly holder: string;
  /** How long others wait for a leader that went silent, in milliseconds of the database's clock. */
  readonly ttlMs: number;
}

/**
 * Takes the lead of a topic that nobody leads, whose leader went silent, or that `holder` leads already, and answers the
 * epoch; null while another leads. Every call that answers a number keeps the lead for `ttlMs` more.
 * A row and no session lock: a leader cut off from its database must lose the lead while its session lingers.
 */
export async function claimLease(db: Queryable, { topic, holder, ttlMs }: LeaseClaim): Promise<number | null> {
  const { rows } = await db.query<{ epoch: string }>(
    `insert into relay.leases as lease (topic, holder, epoch, expires_at)
     values ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
     on conflict (topic) do update
     set holder = excluded.holder,
         epoch = lease.epoch + (lease.holder <> excluded.holder or lease.expires_at < clock_timestamp())::integer,
         expires_at = clock_timestamp() + $3 * interval '1 millisecond'
     where lease.holder = excluded.holder or lease.expires_at < clock_timestamp()
     returning epoch`,
    [topic, holder, ttlMs],
  );
  const [row] = rows;
  return row === undefined ? null : Number(row.epoch);
}

/** Gives the lead back, so that a relay standing by takes over at once. */
export async function releaseLease(db: Queryable, claim: Pick<LeaseClaim, 'topic' | 'holder'>): Promise<void> {
  await db.query('update relay.leases set expires_at = clock_timestamp() where topic = $1 and holder = $2', [
    claim.topic,
    claim.holder,
  ]);
}
