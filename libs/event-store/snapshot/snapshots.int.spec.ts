import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { PersistentMap, type Decider, type DomainEvent } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { newLedger } from '../trial/opened-warehouse.ts';
import { submissionOf } from '../trial/submission.ts';
import { warehouse, warehouseCodec, type WarehouseCommand } from '../trial/warehouse.ts';
import { LedgerWriters } from '../writer/ledger-writers.ts';
import type { OpenedBook } from '../writer/opened-book.ts';
import { LedgerPreviews } from '../writer/preview.ts';
import type { SnapshotRules } from '../writer/rules.ts';
import type { KeptSnapshot } from './kept-snapshot.ts';
import { PostgresSnapshotShelf } from './postgres-shelf.ts';

/** How often each stream was noted in: a state that is a map. */
type Diary = { readonly notes: PersistentMap<number> };

const diary: Decider<Diary, WarehouseCommand, DomainEvent> = {
  initial: { notes: PersistentMap.empty() },
  decide: (command, _, context) => warehouse.decide(command, warehouse.initial, context),
  evolve: ({ notes }, { stream }) => ({ notes: notes.update(stream, 0, (times) => times + 1) }),
};

const asked = (ledger: string, command: WarehouseCommand) => ({ ...submissionOf(ledger, command), scope: () => null });

const EVERY_EVENTS = 4;

describe('snapshots in PostgreSQL', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = database.pool('waybill_writer');
  });
  afterAll(() => database.drop());

  const rulesOf = (snapshots: Partial<SnapshotRules> = {}) => ({
    ...{ pool, decider: diary, codec: warehouseCodec, clock: { todayMs: Date.now } },
    snapshots: { shelf: new PostgresSnapshotShelf(pool), format: 'f1', everyEvents: EVERY_EVENTS, ...snapshots },
  });

  /** A process of its own, as far as the ledger can tell. */
  function writer(snapshots: Partial<SnapshotRules> = {}) {
    const opened: OpenedBook[] = [];
    const kept: KeptSnapshot[] = [];
    const observer = {
      onOpened: (book: OpenedBook) => void opened.push(book),
      onSnapshot: (snapshot: KeptSnapshot) => void kept.push(snapshot),
    };
    const writers = new LedgerWriters({ ...rulesOf(snapshots), observer });
    const note = async (ledger: string, times: number) => {
      for (let n = 0; n < times; n++) {
        const command = { kind: 'note', stream: `s/${n % 3}`, data: {} } as const;
        const { answer } = await writers.submit(asked(ledger, command));
        expect(answer.outcome).toBe('accepted');
      }
    };
    return { writers, opened, kept, note };
  }

  async function untilKept(kept: readonly KeptSnapshot[], count: number): Promise<void> {
    for (let tries = 0; kept.length < count && tries < 400; tries++) await sleep(10);
    expect(kept.length).toBeGreaterThanOrEqual(count);
  }

  /** A ledger of `events`, with a snapshot at its head. */
  async function ledgerWithSnapshot(events = EVERY_EVENTS): Promise<string> {
    const ledger = await newLedger(pool);
    const { writers, kept, note } = writer({ everyEvents: events });
    await note(ledger, events);
    await untilKept(kept, 1);
    await writers.stop();
    expect(kept).toMatchObject([{ ledger, position: events, outcome: 'kept' }]);
    return ledger;
  }

  /** How a writer that comes now opens the ledger; what it appends has the versions that the ledger says. */
  async function openedNow(ledger: string, snapshots: Partial<SnapshotRules> = {}): Promise<OpenedBook | undefined> {
    const { writers, opened, note } = writer({ everyEvents: 1_000, ...snapshots });
    await note(ledger, 3);
    await writers.stop();
    const { rows } = await pool.query(
      `select stream from ledger.events where ledger = $1 group by stream
       having min(version) <> 1 or max(version) <> count(*) or count(distinct version) <> count(*)`,
      [ledger],
    );
    expect(rows).toEqual([]);
    return opened[0];
  }

  it('are kept by the writer and begun with by the next, which goes on from them', async () => {
    const ledger = await newLedger(pool);
    const first = writer();
    await first.note(ledger, EVERY_EVENTS);
    await untilKept(first.kept, 1);
    await first.note(ledger, EVERY_EVENTS + 1);
    await untilKept(first.kept, 2);
    await first.writers.stop();
    expect(first.opened).toMatchObject([{ snapshotAt: 0, ignored: null, head: 0 }]);
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: 2 * EVERY_EVENTS, ignored: null, head: 9 });
    const third = writer();
    await third.note(ledger, EVERY_EVENTS);
    await untilKept(third.kept, 1);
    await third.writers.stop();
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: third.kept[0]?.position, ignored: null });
  });

  it('are begun with by previews too, which keep none', async () => {
    const ledger = await ledgerWithSnapshot();
    let loadings = 0;
    const shelf = new PostgresSnapshotShelf(pool);
    const newest: typeof shelf.newest = async (key) => {
      const found = await shelf.newest(key);
      loadings += found.shelved === null ? 0 : 1;
      return found;
    };
    const previews = new LedgerPreviews(rulesOf({ shelf: { newest, keep: () => Promise.reject(new Error('kept')) } }));
    const note = { kind: 'note', stream: 's/0', data: {} } as const;
    for (let times = 0; times < 2; times++) {
      const preview = await previews.preview(asked(ledger, note));
      expect(preview).toMatchObject({ outcome: 'accepted', position: EVERY_EVENTS });
    }
    expect(loadings).toBe(1);
  });

  const damages: readonly [string, string][] = [
    [
      'a byte of a part',
      `update ledger.snapshot_parts set bytes = set_byte(bytes, length(bytes) - 1, 255 - get_byte(bytes, length(bytes) - 1)) where ledger = $1`,
    ],
    ['a part cut short', `update ledger.snapshot_parts set bytes = substr(bytes, 1, 5) where ledger = $1`],
    ['a missing part', `delete from ledger.snapshot_parts where ledger = $1`],
    ['the outline', `update ledger.snapshots set outline = replace(outline, '3', '2') where ledger = $1`],
    ['the position', `update ledger.snapshots set position = position - 1 where ledger = $1`],
    ['the parts named', `update ledger.snapshots set parts = '{}' where ledger = $1`],
    ['the digest', `update ledger.snapshots set digest = sha256('x') where ledger = $1`],
  ];
  it.each(damages)('are left aside, and it is told, when damaged: %s', async (_, statement) => {
    const ledger = await ledgerWithSnapshot();
    expect((await database.pool('waybill_owner').query(statement, [ledger])).rowCount).toBe(1);
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: 0, ignored: 'damaged', head: EVERY_EVENTS });
  });

  const histories: readonly [string, string][] = [
    ['another life of the store', `update ledger.snapshots set incarnation = gen_random_uuid() where ledger = $1`],
    ['another event at the position', `update ledger.snapshots set head_sha256 = sha256('x') where ledger = $1`],
  ];
  it.each(histories)('are left aside, and it is told, when of %s', async (_, statement) => {
    const ledger = await ledgerWithSnapshot();
    expect((await database.pool('waybill_owner').query(statement, [ledger])).rowCount).toBe(1);
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: 0, ignored: 'another history', head: EVERY_EVENTS });
  });

  it('are left aside, and it is told, when the ledger is shorter', async () => {
    const [long, short] = [await ledgerWithSnapshot(8), await newLedger(pool)];
    const { writers, note } = writer({ everyEvents: 1_000 });
    await note(short, 2);
    await writers.stop();
    // As a backup that is older than the snapshot: its rows are of this ledger, its position is not.
    const owner = database.pool('waybill_owner');
    await owner.query('update ledger.snapshot_parts set ledger = $2 where ledger = $1', [long, short]);
    await owner.query('update ledger.snapshots set ledger = $2 where ledger = $1', [long, short]);
    const row = (await owner.query<Row>('select * from ledger.snapshots where ledger = $1', [short])).rows[0] as Row;
    const { digestOf } = await import('./snapshot.ts');
    const said = { position: Number(row.position), recordedAtMs: Number(row.recorded_at_ms), outline: row.outline };
    const digest = digestOf({ ledger: short, format: 'f1' }, said, row.parts);
    await owner.query('update ledger.snapshots set digest = $2 where ledger = $1', [short, digest]);
    expect(await openedNow(short)).toMatchObject({ snapshotAt: 0, ignored: 'another history', head: 2 });
  });

  it('of another release are not looked at', async () => {
    const ledger = await ledgerWithSnapshot();
    expect(await openedNow(ledger, { format: 'f2' })).toMatchObject({ snapshotAt: 0, ignored: null });
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: EVERY_EVENTS, ignored: null });
  });

  it('that cannot be read keep nobody from deciding', async () => {
    const ledger = await ledgerWithSnapshot();
    const shelf = new PostgresSnapshotShelf(database.pool('waybill_auditor'));
    const opened = await openedNow(ledger, { shelf });
    expect(opened).toMatchObject({ snapshotAt: 0, ignored: 'unreadable', error: { code: '42501' } });
  });

  it('that cannot be kept leave the one before as it was, and are told', async () => {
    const ledger = await ledgerWithSnapshot();
    const stored = () => pool.query('select * from ledger.snapshots s join ledger.snapshot_parts p using (ledger) where ledger = $1', [ledger]); // prettier-ignore
    const before = (await stored()).rows;
    await database.pool('waybill_owner').query(
      `create function ledger.full() returns trigger language plpgsql as $$ begin raise 'the disk is full' using errcode = '53100'; end $$;
       create trigger full_disk before insert on ledger.snapshots for each row execute function ledger.full()`,
    );
    try {
      const { writers, kept, note } = writer();
      await note(ledger, EVERY_EVENTS);
      await untilKept(kept, 1);
      await writers.stop();
      expect(kept).toMatchObject([{ outcome: 'failed', error: { code: '53100' } }]);
    } finally {
      await database.pool('waybill_owner').query('drop function ledger.full() cascade');
    }
    expect((await stored()).rows).toEqual(before);
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: EVERY_EVENTS, ignored: null });
  });

  it('are kept by one of two processes at a time, and each knows of the other', async () => {
    const ledger = await newLedger(pool);
    const processes = [writer(), writer(), writer()];
    await Promise.all(processes.map(({ note }) => note(ledger, 30)));
    await Promise.all(processes.map(({ writers }) => writers.stop()));
    const outcomes = new Set(processes.flatMap(({ kept }) => kept.map(({ outcome }) => outcome)));
    expect(outcomes).toContain('kept');
    for (const outcome of outcomes) expect(['kept', 'elsewhere', 'failed']).toContain(outcome);
    const opened = await openedNow(ledger);
    expect(opened).toMatchObject({ ignored: null, head: 90 });
    expect(opened?.snapshotAt).toBeGreaterThan(0);
  });

  it('are left to another process that holds the shelf', async () => {
    const ledger = await newLedger(pool);
    const other = await database.pool('waybill_owner').connect();
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock(7243103, hashtext($1))', [ledger]);
    const { writers, kept, note } = writer();
    await note(ledger, EVERY_EVENTS);
    await untilKept(kept, 1);
    await other.query('rollback');
    other.release();
    await note(ledger, EVERY_EVENTS);
    await untilKept(kept, 2);
    await writers.stop();
    expect(kept.map(({ outcome }) => outcome)).toEqual(['elsewhere', 'kept']);
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: 2 * EVERY_EVENTS, ignored: null });
  });

  it('are not put under a store that has begun another life', async () => {
    const ledger = await newLedger(pool);
    const shelf = new PostgresSnapshotShelf(pool);
    const stale: SnapshotRules['shelf'] = {
      newest: async (key) => ({ ...(await shelf.newest(key)), incarnation: '00000000-0000-4000-8000-000000000000' }),
      keep: (key, snapshot, on) => shelf.keep(key, snapshot, on),
    };
    const { writers, kept, note } = writer({ shelf: stale });
    await note(ledger, EVERY_EVENTS);
    await untilKept(kept, 1);
    await writers.stop();
    expect(kept).toMatchObject([{ outcome: 'foreign' }]);
    expect((await pool.query('select from ledger.snapshots where ledger = $1', [ledger])).rows).toEqual([]);
  });

  it('under way are given up when the writers stop', async () => {
    const ledger = await newLedger(pool);
    const { writers, kept, note } = writer({ everyEvents: 1 });
    await note(ledger, 1);
    await writers.stop();
    expect(kept).toHaveLength(1);
    const told = kept.length;
    await sleep(50);
    expect(kept).toHaveLength(told);
  });

  it('leave no part behind that none of them names', async () => {
    const ledger = await newLedger(pool);
    const { writers, kept, note } = writer();
    for (let times = 1; times <= 10; times++) {
      await note(ledger, EVERY_EVENTS);
      await untilKept(kept, times);
    }
    await writers.stop();
    expect(kept.map(({ outcome }) => outcome)).toEqual(Array(10).fill('kept'));
    const { rows } = await pool.query(
      `select (select count(*) from ledger.snapshot_parts where ledger = $1)::int as there, cardinality(parts) as named
         from ledger.snapshots where ledger = $1`,
      [ledger],
    );
    expect(rows).toEqual([{ there: kept.at(-1)?.parts, named: kept.at(-1)?.parts }]);
    expect(await openedNow(ledger)).toMatchObject({ snapshotAt: 10 * EVERY_EVENTS, ignored: null });
  });
});

interface Row {
  readonly position: string;
  readonly recorded_at_ms: string;
  readonly outline: string;
  readonly parts: readonly Buffer[];
}
