import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import { deliveryScheduleReport, positionsReport, Projector } from '#libs/read-models';
import type pg from 'pg';
import { LEDGER, rolePool } from '../dataset/dataset.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';

/** Reports as their readers get them, of two databases in turn, live and as of positions all over the ledger. */
export interface ReportsOrder {
  readonly databaseUrls: readonly string[];
  readonly calls: number;
}

/** Latencies in milliseconds: by report, one list a database. */
export type ReportsMeasured = Readonly<Record<string, readonly (readonly number[])[]>>;

type Report = (pool: pg.Pool, asOfPosition: number) => Promise<unknown>;

const REPORTS: Readonly<Record<string, Report>> = {
  'positions, live': (pool) => positionsReport(pool, LEDGER),
  'positions as of a position': (pool, asOfPosition) => positionsReport(pool, LEDGER, { asOfPosition }),
  'delivery schedule, 500 lines, live': (pool) => deliveryScheduleReport(pool, LEDGER),
  'delivery schedule as of a position': (pool, asOfPosition) => deliveryScheduleReport(pool, LEDGER, { asOfPosition }),
};

const { databaseUrls, calls } = orderGiven() as ReportsOrder;
const heads = await Promise.all(databaseUrls.map(caughtUp));
const pools = databaseUrls.map((url) => rolePool(url, 'waybill_auditor', 1));
const measured: Record<string, number[][]> = {};
for (const [name, ask] of Object.entries(REPORTS)) measured[name] = await latenciesOf(ask);
await Promise.all(pools.map((pool) => pool.end()));
report(measured satisfies ReportsMeasured);

async function latenciesOf(ask: Report): Promise<number[][]> {
  const latencies = pools.map((): number[] => []);
  const warmUpCalls = Math.ceil(calls / 10);
  for (let call = -warmUpCalls; call < calls; call++) {
    // The golden ratio spreads them evenly, in no order that a cache would like.
    const share = ((call + warmUpCalls) * 0.618_034) % 1;
    for (const [index, pool] of pools.entries()) {
      const startMs = performance.now();
      await ask(pool, Math.max(1, Math.floor(share * (heads[index] ?? 1))));
      if (call >= 0) latencies[index]?.push(performance.now() - startMs);
    }
  }
  return latencies;
}

/** The read models have the whole ledger; the position where they stand. */
async function caughtUp(databaseUrl: string): Promise<number> {
  const pool = rolePool(databaseUrl, 'waybill_projector', 2);
  const projector = new Projector({ pool, reader: new PostgresLedgerReader(pool), decode: decodeBody });
  const { position } = await projector.catchUp(LEDGER);
  await pool.end();
  const owner = rolePool(databaseUrl, 'waybill_owner', 1);
  await owner.query('analyze');
  await owner.end();
  return position;
}
