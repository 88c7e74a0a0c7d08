import type pg from 'pg';
import { say } from '../measuring/findings.ts';
import { quantile } from '../measuring/statistics.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';
import { rolePool } from '../dataset/dataset.ts';
import { caughtUp } from './caught-up.ts';
import { REPORTS, type Ask, type Moment } from './reports.ts';

/** Reports as an auditor gets them, of ledgers in databases of their own, in turn. */
export interface ReportsOrder {
  readonly databaseUrls: readonly string[];
  /** Of each report at each moment and each ledger, after a tenth as many that are not counted. */
  readonly calls: number;
  /** Of each report at each moment: fewer calls when they take longer, at least one. */
  readonly longestMs: number;
}

/** Latencies in milliseconds, one list a database. */
export interface ReportMeasured {
  readonly name: string;
  readonly asked: Asked;
  readonly latenciesMs: readonly (readonly number[])[];
}

export type Asked = keyof typeof MOMENTS;

const DAY_MS = 86_400_000;

/** Where in the ledger's positions and days a report stands, by two shares between 0 and 1. */
const MOMENTS = {
  live: () => ({}),
  'as of a position': (ledger: Ledger, share: number) => ({ asOfPosition: positionAt(ledger, share) }),
  'as of a position and a day': (ledger: Ledger, share: number, dayShare: number) => {
    return { asOfPosition: positionAt(ledger, share), validAt: dayAt(ledger, dayShare) };
  },
} satisfies Record<string, (ledger: Ledger, share: number, dayShare: number) => Moment>;

type Ledger = Awaited<ReturnType<typeof caughtUp>>;

const { databaseUrls, calls, longestMs } = orderGiven() as ReportsOrder;
const ledgers: (Ledger & { readonly pool: pg.Pool })[] = [];
for (const url of databaseUrls) ledgers.push({ ...(await caughtUp(url)), pool: rolePool(url, 'waybill_auditor', 1) });
const measured: ReportMeasured[] = [];
for (const [name, ask] of Object.entries(REPORTS)) {
  for (const asked of Object.keys(MOMENTS) as Asked[]) {
    const latenciesMs = await latenciesOf(ask, asked);
    say(`${name}, ${asked}: p50 ${latenciesMs.map((each) => `${quantile(each, 0.5).toFixed(1)} ms`).join(', ')}`);
    measured.push({ name, asked, latenciesMs });
  }
}
report(measured);
await Promise.all(ledgers.map(({ pool }) => pool.end()));

async function latenciesOf(ask: Ask, asked: Asked): Promise<number[][]> {
  const latencies = ledgers.map((): number[] => []);
  const warmUpCalls = Math.ceil(calls / 10);
  const endMs = performance.now() + longestMs;
  for (let call = -warmUpCalls; call < calls && (call <= 0 || performance.now() < endMs); call++) {
    // The golden ratio and the square root of 2 spread them evenly, in no order that a cache would like.
    const shares = [0.618_034, 0.414_214].map((step) => ((call + warmUpCalls) * step) % 1);
    for (const [index, ledger] of ledgers.entries()) {
      const moment = MOMENTS[asked](ledger, shares[0] ?? 0, shares[1] ?? 0);
      const startMs = performance.now();
      await ask(ledger.pool, moment);
      if (call >= 0) latencies[index]?.push(performance.now() - startMs);
    }
  }
  return latencies;
}

function positionAt({ head }: Ledger, share: number): number {
  return Math.max(1, Math.floor(share * head));
}

function dayAt({ firstDay, lastDay }: Ledger, share: number): string {
  const [firstMs, lastMs] = [Date.parse(firstDay), Date.parse(lastDay)];
  return new Date(firstMs + Math.floor((share * (lastMs - firstMs)) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
