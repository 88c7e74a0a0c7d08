import pg from 'pg';
import { EVENTS_TOPIC } from '#libs/messaging';
import { brokenTrades, type Operation, type SeenEvent, type TradingClient, violationsOf } from '#libs/testing';
import { examine } from '../doctor/examine.ts';
import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import { digestOf, type Published, publishedByLedger } from './topic-contents.fixture.spec.ts';

export interface Verdict {
  /** Commands of which a client heard that they were accepted, then or when it asked again. */
  readonly acknowledged: number;
  /** Acknowledged, and not or not wholly in the ledger. */
  readonly lost: number;
  /** In the ledger more than once. */
  readonly doubled: number;
  /** Everything that is not as promised, a line each. */
  readonly violations: readonly string[];
}

interface RawEvent extends SeenEvent {
  readonly data: object;
  readonly digest: string;
}

/**
 * Holds what each client heard against the ledger as the database has it, the ledger against the topic, and the read
 * models against a fold. The clients have settled, and nothing is on its way any more.
 */
export async function verdictOn(
  cluster: Cluster,
  clients: readonly TradingClient[],
  { leavesRemains = false }: Pick<Fault, 'leavesRemains'> = {},
): Promise<Verdict> {
  const topic = await publishedByLedger(cluster.brokers, EVENTS_TOPIC.topic);
  const verdicts: Verdict[] = [];
  for (const { ledger, operations } of clients) {
    const events = await rawEvents(cluster.owner, ledger);
    const verdict = verdictOnHistory(operations, events);
    const elsewhere = [
      ...brokenTrades(events),
      ...brokenPublication(events, leavesRemains ? fromFirstEvent(topic.get(ledger)) : (topic.get(ledger) ?? [])),
      ...(await brokenReadModels(cluster, ledger)),
    ];
    const violations = [...verdict.violations, ...elsewhere].map((line) => `${ledger}: ${line}`);
    verdicts.push({ ...verdict, violations });
  }
  const deaths = cluster.deaths().map((death) => `ended by itself: ${death}`);
  return [...verdicts, { acknowledged: 0, lost: 0, doubled: 0, violations: deaths }].reduce(added);
}

function added(left: Verdict, right: Verdict): Verdict {
  return {
    acknowledged: left.acknowledged + right.acknowledged,
    lost: left.lost + right.lost,
    doubled: left.doubled + right.doubled,
    violations: [...left.violations, ...right.violations],
  };
}

/** What clients heard against what the ledger holds. */
export function verdictOnHistory(operations: readonly Operation[], events: readonly SeenEvent[]): Verdict {
  const found = new Map<string, number>();
  for (const { commandid } of events) found.set(commandid, (found.get(commandid) ?? 0) + 1);
  const acknowledged = operations.flatMap(({ commandId, heard }) =>
    heard?.outcome === 'ok' ? [{ said: heard.events.length, held: found.get(commandId) ?? 0 }] : [],
  );
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ said, held }) => held < said).length,
    doubled: acknowledged.filter(({ said, held }) => held > said).length,
    violations: violationsOf(operations, events),
  };
}

/**
 * The topic holds 1..head, byte for byte what the ledger holds. A position may come again, but never before the one
 * before it: whoever drops by position what it has then reads every event in order.
 */
export function brokenPublication(
  events: readonly { readonly position: number; readonly digest: string }[],
  published: readonly Published[],
): readonly string[] {
  const broken: string[] = [];
  let last = 0;
  for (const { position, digest } of published) {
    if (position > last + 1) broken.push(`topic: ${position} comes after ${last}`);
    if (events[position - 1]?.digest !== digest) broken.push(`topic: ${position} is not what the ledger holds`);
    last = Math.max(last, position);
  }
  if (last !== events.length) broken.push(`topic: ends at ${last}, the ledger at ${events.length}`);
  return broken.slice(0, 5);
}

/** As a consumer takes them that begins with the first event. */
export function fromFirstEvent(published: readonly Published[] = []): readonly Published[] {
  const first = published.findIndex(({ position }) => position === 1);
  return first === -1 ? [] : published.slice(first);
}

async function brokenReadModels(cluster: Cluster, ledger: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: cluster.roleUrl('waybill_auditor') });
  await client.connect();
  try {
    const examination = await examine(client, ledger);
    if (examination?.isSound === true) return [];
    return [`read models: ${JSON.stringify(examination).slice(0, 500)}`];
  } finally {
    await client.end();
  }
}

async function rawEvents(owner: pg.Pool, ledger: string): Promise<readonly RawEvent[]> {
  const { rows } = await owner.query<{ position: string; stream: string; version: string; type: string; body: Buffer }>(
    'select position, stream, version, type, body from ledger.events where ledger = $1 order by position',
    [ledger],
  );
  return rows.map(({ position, stream, version, type, body }) => {
    const { commandId, data } = JSON.parse(body.toString('utf8')) as { commandId: string; data: object };
    return {
      position: Number(position),
      type,
      subject: stream,
      streamversion: Number(version),
      commandid: commandId,
      data,
      digest: digestOf(body),
    };
  });
}
