import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { roleUrl } from '#libs/event-store';
import { startThrowAwayServers, type ThrowAwayServers } from '#libs/local-servers';
import { type Said, waybillWith } from './e2e/command-line.fixture.spec.ts';
import { MAIN, PROJECT } from './e2e/running-waybill.fixture.spec.ts';
import { TradingPlace } from './e2e/trading-place.fixture.spec.ts';

jest.setTimeout(400_000);

const LEDGER = 'trading';
const LANES = 8;

describe('waybill rebuild beside a Waybill that goes on trading', () => {
  let servers: ThrowAwayServers;
  let trading: TradingPlace;
  let owner: pg.Client;

  beforeAll(async () => {
    servers = await startThrowAwayServers({ postgres: true, kafka: true });
    trading = await TradingPlace.open({ databaseUrl: ownerUrl(), brokers: servers.kafka?.brokers ?? [] });
    owner = new pg.Client({ connectionString: ownerUrl() });
    await owner.connect();
    trading.trade(LANES);
    await sleep(4_000);
  });

  afterAll(async () => {
    await trading?.rest();
    await owner?.end();
    await trading?.close();
    await servers?.stop();
  });

  it.each(['ledger', 'kafka'])('from %s: reports of before read the same after the switch', async (source) => {
    const before = await reports();
    const said = await rebuild('--from', source, '--json');
    expect(said).toMatchObject({ exitCode: 0, stderr: '' });
    const { outcome, generation, beside, position, eventsFrom, differences } = reportOf(said);
    expect({ outcome, differences }).toEqual({ outcome: 'switched', differences: { count: 0, named: [] } });
    expect(eventsFrom).toEqual({
      ledger: source === 'ledger' ? position : 0,
      topic: source === 'kafka' ? position : 0,
    });
    expect(position).toBeGreaterThan(before.asOfPosition);
    expect(await reports(before.asOfPosition)).toEqual(before);
    expect(await liveGeneration()).toBe(generation);
    await goesOnFrom(position);
    expect(await rebuildWith('--drop', String(beside))).toMatchObject({ exitCode: 0 });
    expect(await rebuildWith('--drop', String(generation))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('GENERATION_LIVE'),
    });
    expect(await reports(before.asOfPosition)).toEqual(before);
  });

  it('from Kafka by a role that may not read an event', async () => {
    await owner.query('revoke select on ledger.events from waybill_projector');
    try {
      expect(await rebuild()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('42501') });
      const said = await rebuild('--from', 'kafka');
      expect(said).toMatchObject({ exitCode: 0 });
      expect(said.stdout).toMatch(/events read: 0 from the ledger, [1-9]\d* from Kafka; \d+\/s/);
    } finally {
      await owner.query('grant select on ledger.events to waybill_projector');
    }
  });

  it('is killed at random and begins anew; what it left changes nothing and is dropped by the next', async () => {
    const live = await liveGeneration();
    for (const afterMs of [150, 350, 600, 900]) await killedAfter(afterMs);
    const said = await rebuild('--json');
    expect(said).toMatchObject({ exitCode: 0 });
    expect(reportOf(said).outcome).toBe('switched');
    expect(reportOf(said).beside).toBeGreaterThanOrEqual(live);
    const { rows } = await owner.query<{ unfinished: number }>(
      `select count(*)::int as unfinished from read.rebuilds
       where ledger = $1 and switched_at is null and dropped_at is null`,
      [LEDGER],
    );
    expect(rows).toEqual([{ unfinished: 0 }]);
  });

  it('is alone: the second is refused, and the first, killed before its switch, lets the next begin', async () => {
    const holder = new pg.Client({ connectionString: ownerUrl() });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from read.generations where ledger = $1 for update', [LEDGER]);
    const held = rebuildProcess();
    try {
      await untilBuilt();
      expect(await rebuild()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('REBUILD_UNDER_WAY') });
      held.kill('SIGKILL');
      await once(held, 'close');
    } finally {
      await holder.end();
    }
    const before = await reports();
    expect(await rebuild()).toMatchObject({ exitCode: 0 });
    expect(await reports(before.asOfPosition)).toEqual(before);
  });

  it('shows the row that was tampered with, and leaves the live generation until told otherwise', async () => {
    const live = await liveGeneration();
    const { rows } = await owner.query<{ position: string }>(
      `update read.position_contributions set quantity = quantity + 7
       where generation = $1 and ledger = $2
         and (position, seq) = (
           select position, seq from read.position_contributions
           where generation = $1 and ledger = $2 order by position desc limit 1
         )
       returning position`,
      [live, LEDGER],
    );
    const found = await rebuild();
    expect(found.exitCode).toBe(1);
    expect(found.stdout).toMatch(new RegExp(`^\\d+ differences between it and generation ${live}$`, 'm'));
    expect(found.stdout).toMatch(new RegExp(`  position_contributions ${rows[0]?.position} \\d+: built {.*live {`));
    expect(await liveGeneration()).toBe(live);
    expect((await rebuild('--switch-anyway')).exitCode).toBe(0);
    expect(await liveGeneration()).toBeGreaterThan(live);
  });

  it('is on record, who and why; and nothing was lost to it', async () => {
    const { exitCode, stdout } = await rebuildWith('--list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^generation 2 beside 1, from ledger, \S+Z, by ada: a trial; dropped \S+Z$/m);
    expect(stdout).toMatch(/, from kafka, \S+Z, by ada: a trial; /);
    expect(stdout).toMatch(/, never live$/m);
    expect(stdout).toMatch(/, [1-9]\d* differences, live since \S+Z$/m);
    await trading.rest();
    const doctor = await waybillWith(as('waybill_auditor'), 'doctor', '--ledger', LEDGER);
    expect(doctor).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('as the ledger holds them') });
    expect(trading.counts().ok).toBeGreaterThan(100);
  });

  const ownerUrl = () => servers.postgres?.ownerUrl ?? '';
  const brokers = () => servers.kafka?.brokers.join(',') ?? '';
  const as = (role: 'waybill_projector' | 'waybill_auditor') => ({
    DATABASE_URL: roleUrl(ownerUrl(), role),
    KAFKA_BROKERS: brokers(),
  });
  const ORDER = ['--who', 'ada', '--why', 'a trial'];
  const rebuildWith = (...args: readonly string[]): Promise<Said> =>
    waybillWith(as('waybill_projector'), 'rebuild', '--ledger', LEDGER, ...args);
  const rebuild = (...args: readonly string[]): Promise<Said> => rebuildWith(...ORDER, ...args);

  function rebuildProcess() {
    const environment = { ...process.env, ...as('waybill_projector') };
    const args = [MAIN, 'rebuild', '--ledger', LEDGER, ...ORDER];
    return spawn(process.execPath, args, { cwd: PROJECT, env: environment, stdio: 'ignore' });
  }

  async function killedAfter(ms: number): Promise<void> {
    const child = rebuildProcess();
    const ended = once(child, 'close');
    await sleep(ms);
    child.kill('SIGKILL');
    await ended;
  }

  /** The rebuild has built all, and waits for the row that the spec holds and that says which generation is live. */
  async function untilBuilt(): Promise<void> {
    const waiting = `select from pg_stat_activity
      where application_name = 'waybill-rebuild' and wait_event_type = 'Lock' and query like '%for update%'`;
    for (let attempt = 1; attempt <= 600; attempt += 1) {
      if ((await owner.query(waiting)).rows.length > 0) return;
      await sleep(50);
    }
    throw new Error('the rebuild never came to its switch');
  }

  async function liveGeneration(): Promise<number> {
    const { rows } = await owner.query<{ active: number }>('select active from read.generations where ledger = $1', [
      LEDGER,
    ]);
    return rows[0]?.active ?? 0;
  }

  /** Both reports, as of `position` or now. */
  async function reports(
    position?: number,
  ): Promise<{ readonly asOfPosition: number; readonly texts: readonly string[] }> {
    const path = `/v1/ledgers/${LEDGER}`;
    const asOf = position ?? (await trading.client.get<{ asOfPosition: number }>(`${path}/positions`)).asOfPosition;
    const queries = [`positions?by=site&asOf=${asOf}`, `delivery-schedule?limit=500&asOf=${asOf}`];
    const answers = await Promise.all(queries.map((query) => trading.client.get(`${path}/${query}`)));
    return { asOfPosition: asOf, texts: answers.map((answer) => JSON.stringify(answer)) };
  }

  /** Trading went on, and so do the reports. */
  async function goesOnFrom(position: number): Promise<void> {
    const goal = position + 20;
    for (let attempt = 1; attempt <= 100; attempt += 1) {
      const { asOfPosition } = await trading.client.get<{ asOfPosition: number }>(`/v1/ledgers/${LEDGER}/positions`);
      if (asOfPosition > goal) return;
      await sleep(100);
    }
    throw new Error(`the reports do not go beyond ${position}`);
  }
});

interface Report {
  readonly outcome: string;
  readonly generation: number;
  readonly beside: number;
  readonly position: number;
  readonly eventsFrom: object;
  readonly differences: object;
}

const reportOf = ({ stdout }: Said): Report => JSON.parse(stdout) as Report;
