import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import type pg from 'pg';
import { PostgresLedgerReader } from '#libs/event-store';
import type { StoredEvent } from '#libs/event-store';
import { createTestDatabase, createTestTopic } from '#libs/testing';
import type { TestDatabase, TestTopic } from '#libs/testing';
import { connectKafka, KafkajsConsumer } from '../index.ts';
import type { DeliveryHandler, KafkaConnection, PoisonMessage } from '../index.ts';
import { CONSUMER_SETTINGS } from './consumer.ts';
import { cuttableNetwork } from '../trial/cut-network.ts';
import { eventually } from '../trial/eventually.ts';
import { recordedLog } from '../trial/recorded-log.ts';
import { relayOn } from '../trial/relay-on.ts';
import { appendTrialEvents, openTrialLedger } from '../trial/written-ledger.ts';

const LONGEST_MS = 120_000;
const LEDGERS = ['alpha', 'beta', 'gamma', 'delta'];

let database: TestDatabase;
let owner: pg.Pool;
let target: TestTopic;
let groupId: string;
const members: KafkajsConsumer[] = [];

beforeEach(async () => {
  [database, target] = await Promise.all([createTestDatabase(), createTestTopic()]);
  owner = database.pool('waybill_owner');
  groupId = `test.${randomUUID()}`;
});

afterEach(async () => {
  await Promise.all(members.splice(0).map((member) => member.stop()));
  await Promise.all([database.drop(), target.remove()]);
}, LONGEST_MS);

describe('a consumer of the topic', () => {
  it(
    'hands over the events of each ledger in order, as they lie in the ledger',
    async () => {
      await publish(1, 800);
      const received = new Received();
      member(received.handler);
      await received.complete(800);
      for (const ledger of LEDGERS) {
        const stored = await new PostgresLedgerReader(owner).read(ledger, { after: 0, limit: 20_000 });
        expect(received.events(ledger)).toEqual(stored);
      }
    },
    LONGEST_MS,
  );

  it(
    'goes on where it was after a restart',
    async () => {
      await publish(1, 100);
      const before = new Received();
      await using(member(before.handler), () => before.complete(100));
      await publish(101, 50);
      const after = new Received();
      member(after.handler);
      await eventually('the rest has come', () => LEDGERS.every((ledger) => after.positions(ledger).at(-1) === 150));
      for (const ledger of LEDGERS) expect(after.positions(ledger)).toEqual(range(101, 150));
    },
    LONGEST_MS,
  );

  it(
    'offers again what a handler failed on, loses nothing, and lets other partitions go on',
    async () => {
      await publish(1, 200);
      const received = new Received();
      let refusals = 3;
      const log = member(async (ledger, events, origin) => {
        if (ledger === 'beta' && refusals > 0) {
          refusals -= 1;
          throw new Error('database away');
        }
        await received.handler(ledger, events, origin);
      }).log;
      await received.complete(200);
      expect(refusals).toBe(0);
      for (const ledger of LEDGERS) expect(firstTimes(received.positions(ledger))).toEqual(range(1, 200));
      const held = log.lines.filter(({ message }) => message === 'events were not handled, offering them again');
      expect(held.map(({ fields }) => (fields as { retryDelayMs: number }).retryDelayMs)).toEqual([100, 200, 400]);
    },
    LONGEST_MS,
  );

  it(
    'reports a message that is no event of ours and goes on with what follows',
    async () => {
      await publish(1, 5);
      const producer = plainKafka().producer();
      await producer.connect();
      await producer.send({ topic: target.topic, messages: [{ key: 'x', value: 'noise', partition: 0 }] });
      await producer.disconnect();
      const poisons: PoisonMessage[] = [];
      const received = new Received();
      member(received.handler, { onPoison: (poison) => poisons.push(poison) });
      await received.complete(5);
      await eventually('the poison is told', () => poisons.length > 0);
      await publish(6, 10);
      await received.complete(15);
      expect(poisons).toMatchObject([
        { topic: target.topic, partition: 0, error: { code: 'CLOUD_EVENT_MALFORMED', attribute: 'ledger' } },
      ]);
    },
    LONGEST_MS,
  );

  it(
    'shares the partitions with a second member, and takes them back when that one stops',
    async () => {
      const [first, second] = [new Received(), new Received()];
      member(first.handler);
      const leaving = member(second.handler);
      await eventually('both have partitions', async () => (await membersOfGroup()) === 2);
      await publish(1, 100);
      const positions = (ledger: string) => [...first.positions(ledger), ...second.positions(ledger)];
      await eventually('all have come', () => LEDGERS.every((ledger) => firstTimes(positions(ledger)).length === 100));
      await leaving.stop();
      await publish(101, 100);
      await eventually('the first has the rest', () => LEDGERS.every((l) => first.positions(l).at(-1) === 200));
      for (const ledger of LEDGERS) {
        expect(firstTimes(positions(ledger).toSorted((a, b) => a - b))).toEqual(range(1, 200));
      }
    },
    LONGEST_MS,
  );

  it(
    'stays a member while a handler takes longer than the session',
    async () => {
      await publish(1, 10);
      const received = new Received();
      let calls = 0;
      const { log } = member(
        async (ledger, events, origin) => {
          calls += 1;
          if (calls === 1) await new Promise((resolve) => setTimeout(resolve, 9_000));
          await received.handler(ledger, events, origin);
        },
        { sessionTimeoutMs: 6_000 },
      );
      await received.complete(10);
      await publish(11, 10);
      await received.complete(20);
      for (const ledger of LEDGERS) expect(received.positions(ledger)).toEqual(range(1, 20));
      expect(log.lines.filter(({ message }) => message === 'consumer joined')).toHaveLength(1);
    },
    LONGEST_MS,
  );

  it(
    'does not keep the others waiting for a handler that is stuck',
    async () => {
      await publish(1, 10);
      const gate = new AbortController();
      let stuck = false;
      member(async () => {
        stuck = true;
        if (!gate.signal.aborted) await once(gate.signal, 'abort');
      });
      await eventually('a handler is stuck', () => stuck, 30_000);
      const received = new Received();
      const joinedFromMs = performance.now();
      const other = member(received.handler);
      await eventually('the other takes part', () => other.joined, 90_000);
      const waitedMs = performance.now() - joinedFromMs;
      expect(waitedMs).toBeLessThan(20_000);
      await received.complete(10);
      gate.abort();
      await eventually('the one that was stuck is back', async () => (await membersOfGroup()) === 2, 60_000);
    },
    LONGEST_MS,
  );

  it(
    'takes no more bytes than it may while its handlers are slow, however much waits',
    async () => {
      const note = 'x'.repeat(40_000);
      await publish(1, 300, note);
      const backlogBytes = LEDGERS.length * 300 * note.length;
      const [network, received] = [cuttableNetwork(), new Received()];
      const gate = new AbortController();
      let busy = 0;
      member(
        async (ledger, events, origin) => {
          busy += 1;
          if (!gate.signal.aborted) await once(gate.signal, 'abort');
          await received.handler(ledger, events, origin);
        },
        { network, fetchBytes: 2_000_000, partitionFetchBytes: 500_000 },
      );
      try {
        await eventually('a handler is busy', () => busy > 0, 30_000);
        await sleep(3_000);
        expect(network.receivedBytes).toBeGreaterThan(500_000);
        expect(network.receivedBytes).toBeLessThan(2_000_000 + REQUEST_BYTES_MAX);
        expect(backlogBytes).toBeGreaterThan(40_000_000);
      } finally {
        gate.abort();
      }
      await received.complete(300);
      for (const ledger of LEDGERS) expect(received.positions(ledger)).toEqual(range(1, 300));
    },
    LONGEST_MS,
  );

  it(
    'starts without a broker, and survives that the network breaks',
    async () => {
      const network = cuttableNetwork();
      network.cut();
      const received = new Received();
      const { log } = member(received.handler, { network });
      await eventually('trouble is told', () => log.lines.some(({ message }) => message === TROUBLE));
      network.mend();
      await publish(1, 50);
      await received.complete(50);
      const troubles = () => log.lines.filter(({ message }) => message === TROUBLE).length;
      const before = troubles();
      network.cut();
      await publish(51, 50);
      await eventually('trouble is told again', () => troubles() > before);
      network.mend();
      await received.complete(100);
      for (const ledger of LEDGERS) expect(firstTimes(received.positions(ledger))).toEqual(range(1, 100));
    },
    LONGEST_MS,
  );
});

/** A batch of the relay comes whole, and metadata beside it. */
const REQUEST_BYTES_MAX = 1_000_000;

const TROUBLE = 'consumer could not go on, trying again';

/** What came to a handler, in its order. */
class Received {
  private readonly byLedger = new Map<string, StoredEvent[]>();

  readonly handler: DeliveryHandler = (ledger, events) => {
    this.byLedger.set(ledger, [...this.events(ledger), ...events]);
    return Promise.resolve();
  };

  events(ledger: string): StoredEvent[] {
    return this.byLedger.get(ledger) ?? [];
  }

  positions(ledger: string): number[] {
    return this.events(ledger).map(({ position }) => position);
  }

  complete(position: number): Promise<void> {
    const reached = (ledger: string) => Math.max(0, ...this.positions(ledger)) === position;
    return eventually(`every ledger came up to ${position}`, () => LEDGERS.every(reached), 60_000);
  }
}

type Member = KafkajsConsumer & { log: ReturnType<typeof recordedLog> };

function member(
  handler: DeliveryHandler,
  changes: {
    onPoison?: (poison: PoisonMessage) => void;
    sessionTimeoutMs?: number;
    network?: Pick<KafkaConnection, 'socketFactory'>;
    fetchBytes?: number;
    partitionFetchBytes?: number;
  } = {},
): Member {
  const log = recordedLog();
  const kafka = connectKafka({ brokers: target.brokers, clientId: 'test-consumer', log, ...changes.network });
  const onPoison = changes.onPoison ?? (({ error }) => Promise.reject(error));
  const sessionTimeoutMs = changes.sessionTimeoutMs ?? 10_000;
  const { fetchBytes, partitionFetchBytes } = { ...CONSUMER_SETTINGS, ...changes };
  const settings = {
    topic: target.topic,
    groupId,
    sessionTimeoutMs,
    retryLastMs: 1_000,
    fetchBytes,
    partitionFetchBytes,
  };
  const consumer = new KafkajsConsumer({ kafka, handler, onPoison, log }, settings);
  consumer.start();
  members.push(consumer);
  return Object.assign(consumer, { log });
}

async function using(consumer: KafkajsConsumer, work: () => Promise<void>): Promise<void> {
  await work();
  await consumer.stop();
}

/** Appends positions `from` … to every ledger and has them published. */
async function publish(from: number, count: number, note?: string): Promise<void> {
  for (const ledger of LEDGERS) {
    await openTrialLedger(owner, ledger);
    await appendTrialEvents(owner, ledger, from, count, note);
  }
  const { relay } = await relayOn({
    pool: database.pool('waybill_relay'),
    brokers: target.brokers,
    topic: target.topic,
  });
  relay.start();
  await eventually('everything is published', async () => {
    const { rows } = await owner.query('select position from relay.publications');
    return rows.length === LEDGERS.length && rows.every(({ position }) => Number(position) === from + count - 1);
  });
  await relay.stop();
}

const plainKafka = () => new kafkajs.Kafka({ brokers: target.brokers, logLevel: kafkajs.logLevel.NOTHING });

async function membersOfGroup(): Promise<number> {
  const admin = plainKafka().admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([groupId]);
  await admin.disconnect();
  const [group] = groups;
  return group?.state === 'Stable' ? group.members.length : 0;
}

/** What a consumer that drops by position keeps. */
function firstTimes(positions: readonly number[]): number[] {
  return [...new Set(positions)];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
