import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { EVENTS_TOPIC } from '#libs/messaging';
import { datasetOf, LEDGER } from '../dataset/dataset.ts';
import { onFreshDatabase } from '../measuring/bench-database.ts';
import { spreadOf } from '../measuring/closed-loop.ts';
import { benchEnvironment, type BenchEnvironment } from '../measuring/environment.ts';
import { say, tell, type AimedFigure, type Findings, type Line } from '../measuring/findings.ts';
import { openLoop } from '../measuring/open-loop.ts';
import { grouped } from '../measuring/tables.ts';
import { startTrial } from '../measuring/trial-process.ts';
import { Client } from './client.ts';
import type { Edge } from './edge-process.ts';
import type { StreamOrder } from './streams-process.ts';

/**
 * From the moment an order is due to be sent until positions that hold it are answered, through HTTP, ledger, relay,
 * Kafka and projector, each in a process of its own, at a constant rate of arrivals. On the short ledger and the long one.
 */
const RATES = [100, 1_000];
const SHORT_EVENTS = 10_000;
const DURATION_MS = 10_000;
const WARM_UP_MS = 3_000;
/** Reports asked: what a report costs is not what is measured. */
const LOOKS_PER_SECOND = 20;
const SEEN_WITHIN_MS = 60_000;
/** A million events through Kafka, on two cores. */
const CAUGHT_UP_WITHIN_MS = 20 * 60_000;
/** For 1,000 a second, the goal of the design. */
const AIM = { atMost: 100 };

const ORDER = {
  ...{ companyId: 'TESLA', supplierId: 'NVIDIA', skuId: 'H100-SXM' },
  tranches: [{ trancheId: 'A', quantity: 8, unitPriceCents: 2_800_000, requestedDate: '2030-01-15', siteId: 'AUSTIN' }],
};

await main(process.argv[2]);

async function main(jsonPath: string | undefined): Promise<void> {
  const environment = benchEnvironment();
  const found: Pick<Findings, 'lines' | 'aims'>[] = [];
  for (const events of new Set([SHORT_EVENTS, environment.events])) {
    const { template } = await datasetOf(environment.serverUrl, events, say);
    await withoutTopic(environment.brokers);
    found.push(await onFreshDatabase(environment.serverUrl, (url) => measuredOn(url, environment, events), template));
  }
  const about = { arrivals: `constant rate, ${DURATION_MS} ms after ${WARM_UP_MS} ms of warming up` };
  await tell({ about, lines: found.flatMap(({ lines }) => lines), aims: found.flatMap(({ aims }) => aims) }, jsonPath);
}

async function measuredOn(
  databaseUrl: string,
  { brokers }: BenchEnvironment,
  events: number,
): Promise<Pick<Findings, 'lines' | 'aims'>> {
  const stream: Omit<StreamOrder, 'runs'> = { databaseUrl, brokers, groupId: `waybill-bench-${randomUUID()}` };
  const edge = startTrial(join(import.meta.dirname, 'edge-process.js'), { databaseUrl });
  const streams = (['relay', 'projector'] as const).map((runs) =>
    startTrial(join(import.meta.dirname, 'streams-process.js'), { ...stream, runs }),
  );
  try {
    const { url, tokens } = await edge.next<Edge>();
    await found(url, tokens);
    const buyer = new Client(url, tokens['tesla-buyer'] ?? '');
    await caughtUp(buyer);
    const lines: Line[] = [];
    for (const perSecond of RATES) lines.push(await visibleAt(buyer, perSecond, events));
    buyer.close();
    return { lines, aims: aimsOf(lines, events) };
  } finally {
    await Promise.all([edge, ...streams].map((process) => process.end()));
  }
}

/** Every order is sent; of some, evenly spread, the positions are asked until they hold it, and those are timed. */
async function visibleAt(buyer: Client, perSecond: number, events: number): Promise<Line> {
  const latencies: number[] = [];
  let sent = 0;
  const work = async (dueMs: number, measured: boolean): Promise<void> => {
    const looks = sent++ % (perSecond / LOOKS_PER_SECOND) === 0;
    const { position } = await buyer.post(`/v1/ledgers/${LEDGER}/orders`, { orderId: randomUUID(), ...ORDER });
    if (!looks) return;
    await seen(buyer, position);
    if (measured) latencies.push(performance.now() - dueMs);
  };
  await openLoop(work, { perSecond, durationMs: DURATION_MS, warmUpMs: WARM_UP_MS });
  const line = { name: `${grouped(perSecond)} orders/s, ${grouped(events)} events`, ...spreadOf(latencies) };
  say(`visible at ${line.name}: p50 ${line.p50Ms.toFixed(0)}, p99 ${line.p99Ms.toFixed(0)} ms of ${latencies.length}`);
  return line;
}

/** Asks until the answer stands at `position`: one that is not there yet says so after some seconds. */
async function seen(buyer: Client, position: number, withinMs = SEEN_WITHIN_MS): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const { status, body } = await buyer.get(`/v1/ledgers/${LEDGER}/positions?minPosition=${position}`);
    if (status === 200) return;
    if (status !== 503) throw new Error(`positions: ${status} ${JSON.stringify(body)}`);
    if (performance.now() > deadlineMs) throw new Error(`position ${position} was not visible within ${withinMs} ms`);
    await sleep(100);
  }
}

/** The whole history went through Kafka, or was read beside it, before anything is measured. */
async function caughtUp(buyer: Client): Promise<void> {
  const { position } = await buyer.post(`/v1/ledgers/${LEDGER}/orders`, { orderId: randomUUID(), ...ORDER });
  say(`waiting until position ${grouped(position)} is visible`);
  await seen(buyer, position, CAUGHT_UP_WITHIN_MS);
  await sleep(2_000);
}

/** A buyer with a site, who can sign in. */
async function found(url: string, tokens: Edge['tokens']): Promise<void> {
  const admin = new Client(url, tokens['admin'] ?? '');
  const tesla = { companyId: 'TESLA', name: 'TESLA', kind: 'buyer', headquartersCountry: 'US' };
  await admin.post(`/v1/ledgers/${LEDGER}/companies`, tesla);
  admin.close();
  const site = new Client(url, tokens['tesla-site'] ?? '');
  const austin = { siteId: 'AUSTIN', companyId: 'TESLA', kind: 'datacenter', designUnits: 50_000, usableUnits: 50_000 };
  await site.post(`/v1/ledgers/${LEDGER}/sites`, austin);
  site.close();
}

/** Two ledgers of one name would meet in the topic of the run before. */
async function withoutTopic(brokers: readonly string[]): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.ERROR }).admin();
  await admin.connect();
  const { topic } = EVENTS_TOPIC;
  if ((await admin.listTopics()).includes(topic)) await admin.deleteTopics({ topics: [topic] });
  while ((await admin.listTopics()).includes(topic)) await sleep(100);
  await admin.disconnect();
}

function aimsOf(lines: readonly Line[], events: number): AimedFigure[] {
  return lines.map(({ p99Ms = NaN }, index) => {
    const rate = RATES[index] ?? 0;
    const name = `visible, p99 at ${grouped(rate)} orders/s, ${grouped(events)} events`;
    return { name, value: p99Ms, unit: 'ms', ...(rate === 1_000 ? AIM : {}) };
  });
}
