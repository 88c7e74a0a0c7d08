import type { Id } from '#libs/kernel';
import { LedgerUnknown } from './errors.ts';
import type { Queryable } from './queryable.ts';
import { storedEvent, type EventRow } from './event-row.ts';
import type { LedgerClock, LedgerHead, LedgerInfo, LedgerReader, StoredEvent } from './types.ts';

/** The most events that one read answers with. */
export const READ_LIMIT_EVENTS = 20_000;

/** The bytes of bodies after which a read ends: a page of large events must not fill the memory. */
export const READ_LIMIT_BYTES = 16 * 1024 * 1024;

/** Reads ledgers from PostgreSQL, in statements of one snapshot each, as any role that may select events. */
export class PostgresLedgerReader implements LedgerReader {
  constructor(private readonly database: Queryable) {}

  async ledgers(): Promise<readonly LedgerInfo[]> {
    const { rows } = await this.database.query<LedgerRow>(`${SELECT_LEDGER} order by ledger`);
    return rows.map(infoOf);
  }

  async ledger(ledger: Id): Promise<LedgerInfo | null> {
    const { rows } = await this.database.query<LedgerRow>(`${SELECT_LEDGER} where ledger = $1`, [ledger]);
    return rows[0] === undefined ? null : infoOf(rows[0]);
  }

  async head(ledger: Id): Promise<LedgerHead | null> {
    const { rows } = await this.database.query<HeadRow>({
      name: 'ledger-head',
      text: `${SELECT_HEAD} where l.ledger = $1`,
      values: [ledger],
    });
    return rows[0] === undefined ? null : headOf(rows[0]);
  }

  async heads(): Promise<ReadonlyMap<Id, LedgerHead>> {
    const { rows } = await this.database.query<HeadRow>({ name: 'ledger-heads', text: SELECT_HEAD });
    return new Map(rows.map((row) => [row.ledger, headOf(row)]));
  }

  async read(ledger: Id, range: { after: number; upTo?: number; limit: number }): Promise<readonly StoredEvent[]> {
    const { rows } = await this.database.query<EventRow>({
      name: 'ledger-read',
      text: SELECT_PAGE,
      values: [
        ledger,
        range.after,
        range.upTo ?? Number.MAX_SAFE_INTEGER,
        Math.min(range.limit, READ_LIMIT_EVENTS),
        READ_LIMIT_BYTES,
      ],
    });
    return rows.map(storedEvent);
  }

  async readStream(
    ledger: Id,
    stream: string,
    range: { afterVersion: number; limit: number },
  ): Promise<readonly StoredEvent[]> {
    const { rows } = await this.database.query<EventRow>({
      name: 'ledger-read-stream',
      text: SELECT_STREAM,
      values: [ledger, stream, range.afterVersion, Math.min(range.limit, READ_LIMIT_EVENTS)],
    });
    return rows.map(storedEvent);
  }

  /** Throws {@link LedgerUnknown}. */
  async positionAt(ledger: Id, instantMs: number): Promise<number> {
    const { rows } = await this.database.query<{ position: string | null }>(
      'select ledger.position_at($1, $2) as position',
      [ledger, Math.floor(instantMs)],
    );
    const position = rows[0]?.position ?? null;
    if (position === null) throw new LedgerUnknown(ledger);
    return Number(position);
  }
}

/** Which store this is: changes when a backup takes the place of what was there, and positions may mean other events. */
export async function readIncarnation(database: Queryable): Promise<string> {
  const { rows } = await database.query<{ incarnation: string }>('select incarnation from ledger.store');
  const [store] = rows;
  if (store === undefined) throw new TypeError('ledger.store has no row');
  return store.incarnation;
}

const SELECT_LEDGER = 'select ledger, clock, currency, title, parent, fork_position from ledger.ledgers';

interface LedgerRow {
  readonly ledger: Id;
  readonly clock: LedgerClock;
  readonly currency: string;
  readonly title: string | null;
  readonly parent: Id | null;
  readonly fork_position: string | null;
}

function infoOf({ parent, fork_position: position, ...info }: LedgerRow): LedgerInfo {
  return { ...info, branchOf: parent === null ? null : { ledger: parent, position: Number(position) } };
}

/** A stream of a branch is its parent's up to the fork and its own after. */
const SELECT_STREAM = `
  with mine as (
    select position, stream, version, type, effective_at, recorded_at_ms, body
      from ledger.events
     where ledger = $1
       and stream = $2
       and version > $3
     order by version
     limit $4
  ),
  inherited as (
    select e.position, e.stream, e.version, e.type, e.effective_at, e.recorded_at_ms, e.body
      from ledger.ledgers l
      join ledger.events e
        on e.ledger = l.parent
       and e.stream = $2
       and e.version > $3
       and e.position <= l.fork_position
     where l.ledger = $1
     order by e.version
     limit $4
  )
  select $1::text as ledger, position, stream, version, type, effective_at::text as effective_at, recorded_at_ms, body
    from (select * from inherited union all select * from mine) as events
   order by version
   limit $4`;

/** Of a branch a page ends at the fork. octet_length reads no body that lies apart from its row. */
const SELECT_PAGE = `
  with segment as materialized (
    select case when $2 < fork_position then parent else ledger end as source,
           case when $2 < fork_position then fork_position end as up_to
      from ledger.ledgers
     where ledger = $1
  ),
  page as (
    select position, stream, version, type, effective_at, recorded_at_ms, body,
           sum(octet_length(body)) over (order by position rows unbounded preceding) - octet_length(body)
             as bytes_before
      from ledger.events
     where ledger = (select source from segment)
       and position > $2
       and position <= least($3, (select up_to from segment))
     order by position
     limit $4
  )
  select $1::text as ledger, position, stream, version, type, effective_at::text as effective_at, recorded_at_ms, body
    from page
   where bytes_before < $5
   order by position`;

const SELECT_HEAD = `
  select l.ledger, coalesce(e.position, forked.position, 0) as position,
         coalesce(e.recorded_at_ms, forked.recorded_at_ms, 0) as recorded_at_ms, l.parent is not null as is_branch
    from ledger.ledgers l
    left join lateral (
         select position, recorded_at_ms
           from ledger.events
          where ledger = l.ledger
          order by position desc
          limit 1) e on true
    left join ledger.events forked
      on forked.ledger = l.parent
     and forked.position = l.fork_position`;

interface HeadRow {
  readonly ledger: string;
  readonly position: string;
  readonly recorded_at_ms: string;
  readonly is_branch: boolean;
}

function headOf(row: HeadRow): LedgerHead {
  return { position: Number(row.position), recordedAtMs: Number(row.recorded_at_ms), isBranch: row.is_branch };
}
