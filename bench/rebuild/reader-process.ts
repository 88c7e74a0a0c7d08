import { PostgresLedgerReader, READ_LIMIT_EVENTS } from '#libs/event-store';
import { LEDGER, rolePool } from '../dataset/dataset.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';
import type { RebuildMeasured, RebuildTrialOrder } from './order.ts';

/** The least that a rebuild has to do: 20,000 rows a statement, every body parsed, nothing made of it. */
const { databaseUrl } = orderGiven() as RebuildTrialOrder;
const pool = rolePool(databaseUrl, 'waybill_projector', 1);
const reader = new PostgresLedgerReader(pool);
await reader.ledger(LEDGER);
const curve: [number, number][] = [[0, performance.now()]];
let parsed = 0;
for (let after = 0; ;) {
  const page = await reader.read(LEDGER, { after, limit: READ_LIMIT_EVENTS });
  for (const { body } of page) if (typeof JSON.parse(body.toString('utf8')) === 'object') parsed++;
  after += page.length;
  curve.push([after, performance.now()]);
  if (page.length < READ_LIMIT_EVENTS) break;
}
if (parsed !== curve.at(-1)?.[0]) throw new Error('a body was no object');
await pool.end();
report({ curve, rssBytes: process.memoryUsage.rss() } satisfies RebuildMeasured);
