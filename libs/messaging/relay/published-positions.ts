import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** How far a ledger is in a topic, beside the ledger itself. */
export interface PublishedPosition {
  readonly ledger: Id;
  /** The ledger's last position, 0 before the first event. */
  readonly head: number;
  /** Acknowledged up to here; 0 when nothing was published. */
  readonly published: number;
  /** Why the relay that leads does not publish it, as far as the tables show it; null: it does. */
  readonly halt: 'INCARNATION_CHANGED' | 'PUBLISHED_BEYOND_LEDGER' | null;
}

/** Every ledger's place in `topic`, branches left out, in one statement. `db` signs in as waybill_relay or waybill_auditor. */
export async function publishedPositions(db: Queryable, topic: string): Promise<readonly PublishedPosition[]> {
  const { rows } = await db.query<Columns>(SELECT_POSITIONS, [topic]);
  return rows.map(({ ledger, head, published, halt }) => ({
    ledger,
    head: Number(head),
    published: Number(published),
    halt,
  }));
}

const SELECT_POSITIONS = `
  select l.ledger,
         coalesce(last.position, 0) as head,
         coalesce(publication.position, 0) as published,
         case
           when publication.incarnation <> store.incarnation then 'INCARNATION_CHANGED'
           when publication.position > coalesce(last.position, 0) then 'PUBLISHED_BEYOND_LEDGER'
         end as halt
  from ledger.ledgers as l
  cross join ledger.store as store
  left join lateral (
    select position from ledger.events where ledger = l.ledger order by position desc limit 1
  ) as last on true
  left join relay.publications as publication on publication.ledger = l.ledger and publication.topic = $1
  where l.parent is null
  order by l.ledger`;

interface Columns {
  readonly ledger: string;
  readonly head: string;
  readonly published: string;
  readonly halt: PublishedPosition['halt'];
}
