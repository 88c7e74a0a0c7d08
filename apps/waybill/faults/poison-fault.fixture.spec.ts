import type pg from 'pg';
import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import { until } from './until.fixture.spec.ts';

const HALTED_WITHIN_MS = 20_000;
/** A halted ledger is tried again every 30 s by itself. */
const RELEASED_WITHIN_MS = 60_000;

/**
 * An event that no fold understands, written past every check by the owner of the database, in a ledger of its own: its
 * projection halts in sight, the others go on; when the event is what it should be, it goes on as well.
 */
export const poisoned: Fault = {
  name: 'poison event in another ledger',
  lastsMs: [500, 2_000],
  async inject(cluster, chance) {
    const ledger = `poisoned-${chance.between(1, 1_000_000_000)}`;
    await cluster.owner.query(OPEN_WITH_POISON, [ledger, POISON]);
    await until(HALTED_WITHIN_MS, async () => (await haltOf(cluster.owner, ledger)) === 2);
    const others = await projectedElsewhere(cluster.owner, ledger);
    await until(HALTED_WITHIN_MS, async () => (await projectedElsewhere(cluster.owner, ledger)) > others);
    return () => cure(cluster, ledger);
  },
};

const POISON = Buffer.from('{"type":"OrderPlaced","data":');

/** A ledger like another of the cluster, with its first event, and poison after it. */
const OPEN_WITH_POISON = `
  with model as (
    select * from ledger.ledgers where ledger <> $1 order by opened_at_ms desc limit 1
  ), opened as (
    insert into ledger.ledgers (ledger, clock, currency, opened_at_ms, opened_by, opened_command_id, opened_request, opened_request_hash)
    select $1, clock, currency, opened_at_ms, opened_by, opened_command_id, opened_request, opened_request_hash
    from model
    returning ledger
  )
  insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
  select opened.ledger, n, stream || case n when 1 then '' else '-2' end, version, type, effective_at, recorded_at_ms,
         case n when 1 then body else $2 end
  from opened, model
  join ledger.events as event on event.ledger = model.ledger and event.position = 1,
       generate_series(1, 2) as n`;

/** What no role may do and a repair by hand would: the body becomes that of a sound event. */
async function cure({ owner }: Cluster, ledger: string): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query('alter table ledger.events disable trigger events_append_only');
    await client.query(
      `update ledger.events as poison
       set body = sound.body
       from ledger.events as sound
       where poison.ledger = $1 and poison.position = 2 and sound.ledger = $1 and sound.position = 1`,
      [ledger],
    );
    await client.query('alter table ledger.events enable trigger events_append_only');
    await client.query('commit');
  } finally {
    client.release();
  }
  await until(RELEASED_WITHIN_MS, async () => {
    return (await haltOf(owner, ledger)) === null && (await projected(owner, ledger)) === 2;
  });
}

async function haltOf(owner: pg.Pool, ledger: string): Promise<number | null> {
  const { rows } = await owner.query<{ position: number }>(
    'select position::integer from read.halts where ledger = $1',
    [ledger],
  );
  return rows[0]?.position ?? null;
}

async function projected(owner: pg.Pool, ledger: string): Promise<number> {
  return sumOfPositions(owner, 'ledger = $1', ledger);
}

async function projectedElsewhere(owner: pg.Pool, ledger: string): Promise<number> {
  return sumOfPositions(owner, 'ledger <> $1', ledger);
}

async function sumOfPositions(owner: pg.Pool, which: 'ledger = $1' | 'ledger <> $1', ledger: string): Promise<number> {
  const { rows } = await owner.query<{ sum: number }>(
    `select coalesce(sum(position), 0)::integer as sum from read.checkpoints where ${which}`,
    [ledger],
  );
  return rows[0]?.sum ?? 0;
}
