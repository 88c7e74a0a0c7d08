import type pg from 'pg';
import {
  digestOf,
  type KeepOutcome,
  type ShelvedSnapshot,
  type Snapshot,
  type SnapshotKey,
  type SnapshotShelf,
} from './snapshot.ts';

/** Snapshots in PostgreSQL, in tables of which role waybill_writer alone may read, add and remove rows. */
export class PostgresSnapshotShelf implements SnapshotShelf {
  constructor(private readonly pool: pg.Pool) {}

  async newest({
    ledger,
    format,
  }: SnapshotKey): Promise<{ readonly incarnation: string; readonly shelved: ShelvedSnapshot | null }> {
    const { rows } = await this.pool.query<PartRow>(SELECT_NEWEST, [ledger, format]);
    const [first] = rows;
    if (first === undefined) throw new TypeError('ledger.store has no row');
    return { incarnation: first.incarnation, shelved: first.outline === null ? null : shelvedFrom(format, rows) };
  }

  async keep(
    key: SnapshotKey,
    snapshot: Snapshot,
    on: { incarnation: string; unlessFrom: number },
  ): Promise<KeepOutcome> {
    const client = await this.pool.connect();
    try {
      const outcome = await kept(client, key, snapshot, on);
      await client.query(outcome === 'kept' ? 'commit' : 'rollback');
      client.release();
      return outcome;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

async function kept(
  client: pg.PoolClient,
  key: SnapshotKey,
  snapshot: Snapshot,
  { incarnation, unlessFrom }: { incarnation: string; unlessFrom: number },
): Promise<KeepOutcome> {
  const { ledger, format } = key;
  await client.query(`begin isolation level read committed; set local transaction_timeout = '60s'`);
  const locked = await client.query<{ mine: boolean }>(TRY_LOCK, [SHELF_LOCK, ledger]);
  if (locked.rows[0]?.mine !== true) return 'elsewhere';
  const there = await client.query(SELECT_LATER, [ledger, format, unlessFrom]);
  if (there.rows.length > 0) return 'elsewhere';
  await addParts(client, ledger, snapshot);
  await client.query('delete from ledger.snapshots where ledger = $1 and format = $2', [ledger, format]);
  const digests = snapshot.parts.map(({ digest }) => digest);
  const { position, recordedAtMs, outline } = snapshot;
  const digest = digestOf(key, snapshot, digests);
  const values = [ledger, format, position, recordedAtMs, outline, digests, digest, incarnation];
  const { rowCount } = await client.query(INSERT_SNAPSHOT, values);
  if (rowCount !== 1) return 'foreign';
  await client.query(DELETE_FORGOTTEN, [ledger, format]);
  await client.query(DELETE_UNNAMED, [ledger]);
  return 'kept';
}

async function addParts(client: pg.PoolClient, ledger: string, { parts }: Snapshot): Promise<void> {
  const digests = parts.map(({ digest }) => digest);
  const { rows } = await client.query<{ digest: string }>(SELECT_PARTS, [ledger, digests]);
  const there = new Set(rows.map(({ digest }) => digest));
  for (const { digest, bytes } of parts.filter((part) => !there.has(part.digest.toString('hex')))) {
    await client.query(INSERT_PART, [ledger, digest, bytes]);
  }
}

/** Any number does, as long as no other lock of two keys uses it. */
const SHELF_LOCK = 7_243_103;

/** Two processes that keep a snapshot of one ledger would each remove the parts of the other's. */
const TRY_LOCK = 'select pg_try_advisory_xact_lock($1, hashtext($2)) as mine';

const SELECT_LATER = 'select from ledger.snapshots where ledger = $1 and format = $2 and position >= $3';

const SELECT_PARTS = `
  select encode(digest, 'hex') as digest
    from ledger.snapshot_parts
   where ledger = $1
     and digest = any($2)`;

const INSERT_PART = `
  insert into ledger.snapshot_parts (ledger, digest, bytes)
  values ($1, $2, $3)
  on conflict (ledger, digest) do nothing`;

/** Nothing when the store, or the event that the snapshot was taken after, is another than the writer knows. */
const INSERT_SNAPSHOT = `
  insert into ledger.snapshots (ledger, format, position, recorded_at_ms, outline, parts, digest, incarnation, head_sha256)
  select $1, $2, e.position, e.recorded_at_ms, $5, $6, $7, s.incarnation, sha256(e.body)
    from ledger.events e
   cross join ledger.store s
   where e.ledger = $1
     and e.position = $3
     and e.recorded_at_ms = $4
     and s.incarnation = $8`;

/** Those of releases that have not written the ledger for a week. */
const DELETE_FORGOTTEN = `
  delete from ledger.snapshots
   where ledger = $1
     and format <> $2
     and kept_at < now() - interval '7 days'`;

const DELETE_UNNAMED = `
  delete from ledger.snapshot_parts p
   where p.ledger = $1
     and not exists (select from ledger.snapshots s where s.ledger = p.ledger and p.digest = any(s.parts))`;

/** A row a part, read in one statement, as between two another process may put a newer snapshot in its place. */
const SELECT_NEWEST = `
  select store.incarnation::text as incarnation,
         s.position::text as position,
         s.recorded_at_ms::text as recorded_at_ms,
         s.outline,
         s.digest,
         coalesce(s.incarnation = store.incarnation and s.head_sha256 = sha256(e.body), false)::text as anchored,
         named.digest as part_digest,
         p.bytes as part
    from ledger.store
    left join ledger.snapshots s
      on s.ledger = $1
     and s.format = $2
    left join ledger.events e
      on e.ledger = s.ledger
     and e.position = s.position
     and e.recorded_at_ms = s.recorded_at_ms
    left join lateral unnest(s.parts) with ordinality as named (digest, place) on true
    left join ledger.snapshot_parts p
      on p.ledger = s.ledger
     and p.digest = named.digest
   order by named.place`;

interface PartRow {
  readonly incarnation: string;
  readonly position: string;
  readonly recorded_at_ms: string;
  /** Null when there is no snapshot: then all that follows is null as well. */
  readonly outline: string | null;
  readonly digest: Buffer;
  readonly anchored: string;
  /** Null when the snapshot has no parts. */
  readonly part_digest: Buffer | null;
  readonly part: Buffer | null;
}

function shelvedFrom(format: string, rows: readonly PartRow[]): ShelvedSnapshot | null {
  const [first] = rows;
  if (first === undefined || first.outline === null) return null;
  const named = rows.filter(({ part_digest }) => part_digest !== null);
  return {
    format,
    position: Number(first.position),
    recordedAtMs: Number(first.recorded_at_ms),
    outline: first.outline,
    partDigests: named.map(({ part_digest }) => part_digest as Buffer),
    parts: named.map(({ part }) => part),
    digest: first.digest,
    anchored: first.anchored === 'true',
  };
}
