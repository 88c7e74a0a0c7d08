import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import { ledgerSource, rebuildReadModels } from '#libs/read-models';
import { LEDGER, rolePool } from '../dataset/dataset.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';
import type { RebuildMeasured, RebuildTrialOrder } from './order.ts';

/** What `waybill rebuild` does from the ledger, all read models; the time of building alone, without the comparison after it. */
const { databaseUrl } = orderGiven() as RebuildTrialOrder;
const pool = rolePool(databaseUrl, 'waybill_projector', 6);
const source = ledgerSource(new PostgresLedgerReader(pool), LEDGER);
const startMs = performance.now();
const curve: [number, number][] = [[0, startMs]];
const { position, buildMs } = await rebuildReadModels(
  {
    pool,
    source,
    decode: decodeBody,
    onProgress: ({ phase, position: done }) => phase === 'building' && curve.push([done, performance.now()]),
  },
  { ledger: LEDGER, who: 'bench', why: 'how fast it is', switchAnyway: true },
);
curve.push([position, startMs + buildMs]);
await pool.end();
report({ curve, rssBytes: process.memoryUsage.rss() } satisfies RebuildMeasured);
