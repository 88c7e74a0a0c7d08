import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresLedgerReader } from './reader.ts';
import { newLedger, warehouseWriters } from './trial/opened-warehouse.ts';
import type { RaceReport, RaceStart } from './trial/race-worker.ts';
import { submissionOf } from './trial/submission.ts';

const PROCESSES = 16;
const COMMANDS = 48;
const LANES = 3;
const CAPACITY_UNITS = 300;
const BUDGET_CENTS = 700;
/** Workers are real processes of the built code: `npm run build` makes it, `npm test` does so by itself. */
const WORKER = path.resolve(import.meta.dirname, '../../dist/libs/event-store/trial/race-worker.js');

interface SeenEvent {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly commandId: string;
  readonly units: number;
  readonly cents: number;
}

interface Race {
  readonly reports: readonly RaceReport[];
  /** As a reader saw them that followed by position while the race went on. */
  readonly followed: readonly SeenEvent[];
  readonly stored: readonly SeenEvent[];
}

describe('16 processes that append to one ledger', () => {
  let workers: ChildProcess[];
  const databases: TestDatabase[] = [];

  beforeAll(async () => {
    expect(existsSync(WORKER)).toBe(true);
    workers = Array.from({ length: PROCESSES }, () => fork(WORKER));
    await Promise.all(workers.map((worker) => once(worker, 'spawn')));
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await Promise.all(databases.map((database) => database.drop()));
  });

  it('keep it serial: dense positions, streams 1..n, nothing missed by a reader, no overrun, each answer true', async () => {
    const race = await raced(await prepared());
    expect(anomalies(race)).toEqual([]);
    const accepted = race.reports.flatMap(({ heard }) => heard).filter(({ answer }) => answer === 'accepted');
    expect(race.stored).toHaveLength(accepted.length + 1);
    expect(total(race, 'conflicts')).toBeGreaterThan(PROCESSES);
    // Losing is an answer, never an error: no batch ran into a key.
    expect(total(race, 'refusals')).toBe(0);
    // The scarce was worth racing for: the last unit or cent that fits is taken.
    expect(sum(race.stored, 'cents')).toBeGreaterThan(BUDGET_CENTS - 15);
  }, 60_000);

  it('run into the keys without the row lock: losing is an error then, and only the keys keep the ledger whole', async () => {
    const race = await firstRace(WITHOUT_LOCK, (each) => total(each, 'refusals') > 0);
    expect(total(race, 'refusals')).toBeGreaterThan(0);
  }, 120_000);

  it('break the ledger without the row lock and the keys: positions twice, and more taken than there is', async () => {
    const race = await firstRace(`${WITHOUT_LOCK}; ${WITHOUT_KEYS}`, (each) => anomalies(each).length > 0);
    expect(anomalies(race)).toContain('a position twice');
  }, 120_000);

  /** The first race that shows it, of at most 5. */
  async function firstRace(sabotage: string, shows: (race: Race) => boolean): Promise<Race> {
    for (let attempt = 1; ; attempt++) {
      const race = await raced(await prepared(sabotage));
      if (shows(race) || attempt === 5) return race;
    }
  }

  async function prepared(sabotage = ''): Promise<{ database: TestDatabase; ledger: string }> {
    const database = await createTestDatabase();
    databases.push(database);
    await database.pool('waybill_owner').query(sabotage);
    const pool = database.pool('waybill_writer');
    const ledger = await newLedger(pool);
    const writers = warehouseWriters(pool);
    const open = { kind: 'open', capacityUnits: CAPACITY_UNITS, budgetCents: BUDGET_CENTS } as const;
    await writers.submit(submissionOf(ledger, open));
    await writers.stop();
    return { database, ledger };
  }

  async function raced({ database, ledger }: { database: TestDatabase; ledger: string }): Promise<Race> {
    const reader = new PostgresLedgerReader(database.pool('waybill_relay'));
    const start: RaceStart = { writerUrl: database.url('waybill_writer'), ledger, commands: COMMANDS, lanes: LANES };
    const ended = Promise.all(workers.map((worker) => reportOf(worker, start)));
    const following = follow(reader, ledger, ended);
    return { reports: await ended, followed: await following, stored: await pageAfter(reader, ledger, 0) };
  }
});

async function reportOf(worker: ChildProcess, start: RaceStart): Promise<RaceReport> {
  const gone = once(worker, 'exit').then(([code]) => {
    throw new Error(`a worker ended with exit code ${String(code)}`);
  });
  worker.send(start);
  const [report] = (await Promise.race([once(worker, 'message'), gone])) as [RaceReport];
  return report;
}

/** Reads on from the last position it saw, as the relay does, until the race is over and nothing new comes. */
async function follow(
  reader: PostgresLedgerReader,
  ledger: string,
  ended: Promise<unknown>,
): Promise<readonly SeenEvent[]> {
  const state = { over: false };
  void ended.then(() => (state.over = true));
  const seen: SeenEvent[] = [];
  for (;;) {
    const { over } = state;
    const page = await pageAfter(reader, ledger, seen.at(-1)?.position ?? 0);
    seen.push(...page);
    if (over && page.length === 0) return seen;
    if (page.length === 0) await sleep(1);
  }
}

async function pageAfter(reader: PostgresLedgerReader, ledger: string, after: number): Promise<readonly SeenEvent[]> {
  const events = await reader.read(ledger, { after, limit: 20_000 });
  return events.map(({ position, stream, version, body }) => {
    const { commandId, data } = JSON.parse(body.toString()) as {
      commandId: string;
      data: { units?: number; cents?: number };
    };
    return { position, stream, version, commandId, units: data.units ?? 0, cents: data.cents ?? 0 };
  });
}

/** What is wrong with the ledger or with what clients were told, each kind once. */
function anomalies({ reports, followed, stored }: Race): readonly string[] {
  const byCommand = grouped(stored, 'commandId');
  const heard = reports.flatMap((report) => report.heard);
  const streams = [...grouped(stored, 'stream').values()];
  const checks: readonly (readonly [string, boolean])[] = [
    ['a position twice', new Set(stored.map(({ position }) => position)).size < stored.length],
    ['a gap', Math.max(...stored.map(({ position }) => position)) > stored.length],
    ['a stream that is not 1..n', streams.some((events) => events.some(({ version }, index) => version !== index + 1))],
    ['the reader missed one', JSON.stringify(followed) !== JSON.stringify(stored)],
    ['capacity overrun', sum(stored, 'units') > CAPACITY_UNITS],
    ['budget overrun', sum(stored, 'cents') > BUDGET_CENTS],
    [
      'an answer that is not in the ledger',
      heard.some((each) => positionsOf(byCommand.get(each.commandId)) !== each.positions.join()),
    ],
    ['an error', heard.some(({ answer }) => !['accepted', 'CAPACITY_EXCEEDED', 'BUDGET_EXCEEDED'].includes(answer))],
  ];
  return checks.filter(([, broken]) => broken).map(([name]) => name);
}

function grouped(
  events: readonly SeenEvent[],
  field: 'commandId' | 'stream',
): ReadonlyMap<string, readonly SeenEvent[]> {
  const groups = new Map<string, SeenEvent[]>();
  for (const event of events) {
    const group = groups.get(event[field]);
    if (group === undefined) groups.set(event[field], [event]);
    else group.push(event);
  }
  return groups;
}

function positionsOf(events: readonly SeenEvent[] = []): string {
  return events.map(({ position }) => position).join();
}

function total({ reports }: Race, count: 'conflicts' | 'refusals'): number {
  return reports.reduce((all, { statistics }) => all + statistics[count], 0);
}

function sum(events: readonly SeenEvent[], field: 'units' | 'cents'): number {
  return events.reduce((all, event) => all + event[field], 0);
}

/** The functions as they are, but for the lock. Fails when there is none to remove. */
const WITHOUT_LOCK = `
  do $sabotage$
  declare
    _name text;
    _definition text;
  begin
    foreach _name in array array['ledger.append', 'ledger.lock_ledger'] loop
      _definition := pg_get_functiondef(_name::regproc);
      assert _definition like '%for no key update%';
      execute replace(_definition, 'for no key update', '');
    end loop;
  end
  $sabotage$`;

const WITHOUT_KEYS = `
  alter table ledger.events
    drop constraint events_pkey,
    drop constraint events_ledger_stream_version_key;
  create index on ledger.events (ledger, position)`;
