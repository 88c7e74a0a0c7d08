import { setTimeout as sleep } from 'node:timers/promises';
import { Chance, TradingClient } from '#libs/testing';
import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import { reached, withoutLag } from './lag.fixture.spec.ts';
import { verdictOn } from './verdict.fixture.spec.ts';

export interface FaultRun {
  readonly times: number;
  /** What the random choices come from. */
  readonly seed: number;
  /** Clients at a time on each of the two ledgers; 2 unless told. */
  readonly lanes?: number;
}

/** One row of the table. */
export interface FaultRow {
  readonly fault: string;
  readonly times: number;
  readonly seed: number;
  readonly acknowledged: number;
  /** Commands whose outcome nobody knew at first; each was settled by its key. */
  readonly unknown: number;
  readonly lost: number;
  readonly doubled: number;
  /** From the begin of each healing until every API took a command that came into topic and read models. */
  readonly recoverySeconds: { readonly p50: number; readonly max: number };
  /** The longest that a client waited for an answer that told it something. */
  readonly longestAnswerMs: number;
  readonly violations: readonly string[];
}

/** Two, on two partitions: what troubles one must leave the other in order as well. */
const LEDGERS = 2;
const RECOVERED_WITHIN_MS = 120_000;
/** The promise: lag 0 within 30 s of the last fault. */
const WITHOUT_LAG_WITHIN_MS = 30_000;

/** Trades on ledgers of its own while `fault` comes `times` times, waits until all is quiet, and checks every promise. */
export async function runFault(cluster: Cluster, fault: Fault, run: FaultRun): Promise<FaultRow> {
  const chance = new Chance(run.seed);
  const clients = await tradingClients(cluster, fault);
  const trading = new AbortController();
  const traded = clients.map((client) => client.trade(trading.signal, run.lanes ?? 2));
  const recoveriesMs: number[] = [];
  const violations: string[] = [];
  try {
    while (recoveriesMs.length < run.times) {
      await sleep(chance.between(200, 1_500));
      const heal = await fault.inject(cluster, chance);
      await sleep(chance.between(...fault.lastsMs));
      const healedMs = performance.now();
      await heal();
      await recovered(cluster, clients);
      recoveriesMs.push(performance.now() - healedMs);
    }
  } finally {
    trading.abort();
    await Promise.all(traded);
  }
  const unknown = await settled(cluster, clients, violations);
  const { violations: found, ...verdict } = await verdictOn(cluster, clients, fault);
  return {
    fault: fault.name,
    times: run.times,
    seed: run.seed,
    ...verdict,
    unknown,
    recoverySeconds: quantiles(recoveriesMs),
    longestAnswerMs: longestAnswerMs(clients),
    violations: [...violations, ...found],
  };
}

let runs = 0;

async function tradingClients(cluster: Cluster, fault: Fault): Promise<readonly TradingClient[]> {
  runs += 1;
  const slug = fault.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const habits = { commandUrls: () => cluster.commandUrls, persistent: true, pauseMs: 20, requestTimeoutMs: 5_000 };
  const clients = Array.from({ length: LEDGERS }, (_, index) => {
    const ledger = `${slug.slice(0, 40)}-${runs}-${index + 1}`;
    return new TradingClient(() => cluster.url, ledger, habits);
  });
  for (const client of clients) await client.prepare();
  return clients;
}

async function recovered(cluster: Cluster, clients: readonly TradingClient[]): Promise<void> {
  const giveUpAtMs = performance.now() + RECOVERED_WITHIN_MS;
  const left = () => Math.max(0, giveUpAtMs - performance.now());
  const probes = clients.flatMap((client) =>
    cluster.commandUrls.map(async (url) =>
      reached(cluster.owner, client.ledger, await client.probe(url, left()), left()),
    ),
  );
  await Promise.all(probes);
}

async function settled(cluster: Cluster, clients: readonly TradingClient[], violations: string[]): Promise<number> {
  const ledgers = clients.map(({ ledger }) => ledger);
  try {
    await withoutLag(cluster.owner, ledgers, WITHOUT_LAG_WITHIN_MS);
  } catch (error) {
    violations.push(String(error));
  }
  let unknown = 0;
  for (const client of clients) unknown += await client.settle();
  await withoutLag(cluster.owner, ledgers, RECOVERED_WITHIN_MS);
  return unknown;
}

function longestAnswerMs(clients: readonly TradingClient[]): number {
  const attempts = clients.flatMap(({ operations }) => operations.flatMap(({ firstAttempt }) => firstAttempt ?? []));
  return Math.max(0, ...attempts.filter(({ why }) => why === null).map(({ ms }) => ms));
}

function quantiles(timesMs: readonly number[]): FaultRow['recoverySeconds'] {
  const seconds = timesMs.map((ms) => Math.round(ms / 100) / 10).toSorted((left, right) => left - right);
  return { p50: seconds[Math.floor((seconds.length - 1) / 2)] ?? 0, max: seconds.at(-1) ?? 0 };
}
