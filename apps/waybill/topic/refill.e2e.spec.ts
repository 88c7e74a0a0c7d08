import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { roleUrl } from '#libs/event-store';
import { startThrowAwayServers, type ThrowAwayServers } from '#libs/local-servers';
import { EVENTS_TOPIC } from '#libs/messaging';
import { type Said, waybillWith } from '../e2e/command-line.fixture.spec.ts';
import { TradingPlace } from '../e2e/trading-place.fixture.spec.ts';
import { publishedByLedger } from '../faults/topic-contents.fixture.spec.ts';

jest.setTimeout(200_000);

const { topic } = EVENTS_TOPIC;
const LEDGER = 'trading';
const ORDER = ['--who', 'ada', '--why', 'the topic was deleted'];

describe('waybill topic refill', () => {
  let servers: ThrowAwayServers;
  let trading: TradingPlace;
  let owner: pg.Client;

  beforeAll(async () => {
    servers = await startThrowAwayServers({ postgres: true, kafka: true });
    trading = await TradingPlace.open({ databaseUrl: ownerUrl(), brokers: brokers() });
    owner = new pg.Client({ connectionString: ownerUrl() });
    await owner.connect();
  });

  afterAll(async () => {
    await trading?.rest();
    await owner?.end();
    await trading?.close();
    await servers?.stop();
  });

  it.each([
    [['refill', '--all', '--who', 'ada'], 'say --who and --why'],
    [['refill', ...ORDER], 'say either --ledger LEDGER or --all'],
    [['refill', '--all', '--ledger', LEDGER, ...ORDER], 'say either --ledger LEDGER or --all'],
    [['refill', '--ledger', 'nowhere', ...ORDER], 'there is no ledger nowhere'],
    [['empty', '--all', ...ORDER], 'waybill topic can refill'],
  ])('%j cannot be tried', async (args, why) => {
    expect(await run(...args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(why) });
    expect(await refills()).toEqual([]);
  });

  it('fills a topic that was deleted under load, beside the relay that leads', async () => {
    trading.trade(4);
    await sleep(2_000);
    await deleteTopic();
    const said = await run('refill', '--all', ...ORDER, '--create');
    expect(said).toMatchObject({ exitCode: 0 });
    expect(said.stdout).toMatch(/^trading: [1-9]\d* events are in the topic again$/m);
    await trading.rest();
    await untilPublished();
    for (const [ledger, head] of await heads()) {
      const positions = await positionsOf(ledger);
      expect(positions.slice(positions.lastIndexOf(1))).toEqual(upTo(head));
    }
    const recorded = { requested_by: 'ada', reason: 'the topic was deleted', finished: true };
    expect(await refills()).toEqual([...(await heads()).keys()].map((ledger) => ({ ledger, ...recorded })));
  });

  it('publishes by itself where no relay runs; a topic that is gone is made when it is told to', async () => {
    await trading.running.end('SIGTERM');
    await deleteTopic();
    const missing = await run('refill', '--all', ...ORDER);
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--create makes it') });
    const said = await run('refill', '--all', ...ORDER, '--create', '--json');
    expect(said).toMatchObject({ exitCode: 0 });
    const { refills: done } = JSON.parse(said.stdout) as { refills: readonly object[] };
    expect(done).toContainEqual(expect.objectContaining({ ledger: LEDGER, requestedBy: 'ada', finished: true }));
    for (const [ledger, head] of await heads()) {
      const positions = await positionsOf(ledger);
      expect(positions.slice(positions.lastIndexOf(1))).toEqual(upTo(head));
    }
  });

  it('publishes anew what the topic has, of the ledger named alone', async () => {
    const before = await publishedByLedger(brokers(), topic);
    expect(await run('refill', '--ledger', LEDGER, ...ORDER)).toMatchObject({ exitCode: 0 });
    for (const [ledger, head] of await heads()) {
      const added = (await positionsOf(ledger)).slice(before.get(ledger)?.length);
      expect(added).toEqual(ledger === LEDGER ? upTo(head) : []);
    }
  });

  const ownerUrl = () => servers.postgres?.ownerUrl ?? '';
  const brokers = () => servers.kafka?.brokers ?? [];
  const run = (...args: readonly string[]): Promise<Said> =>
    waybillWith(
      { DATABASE_URL: roleUrl(ownerUrl(), 'waybill_relay'), KAFKA_BROKERS: brokers().join(',') },
      ...['topic', ...args],
    );
  const positionsOf = async (ledger: string) =>
    ((await publishedByLedger(brokers(), topic)).get(ledger) ?? []).map(({ position }) => position);

  async function deleteTopic(): Promise<void> {
    const admin = new kafkajs.Kafka({ brokers: [...brokers()], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
  }

  async function heads(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await owner.query<{ ledger: string; head: number }>(
      'select ledger, max(position)::int as head from ledger.events group by ledger order by ledger',
    );
    return new Map(rows.map(({ ledger, head }) => [ledger, head]));
  }

  async function refills(): Promise<readonly object[]> {
    const { rows } = await owner.query<object>(
      `select ledger, requested_by, reason, finished_at is not null as finished from relay.refills order by ledger`,
    );
    return rows;
  }

  async function untilPublished(): Promise<void> {
    for (let attempt = 1; attempt <= 300; attempt += 1) {
      const { rows } = await owner.query<{ ledger: string; position: number }>(
        'select ledger, position::int from relay.publications',
      );
      const published = new Map(rows.map(({ ledger, position }) => [ledger, position]));
      if ([...(await heads())].every(([ledger, head]) => published.get(ledger) === head)) return;
      await sleep(100);
    }
    throw new Error('the relay never came to the heads');
  }
});

const upTo = (head: number) => Array.from({ length: head }, (_, index) => index + 1);
