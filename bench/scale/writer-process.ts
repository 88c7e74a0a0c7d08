import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LEDGER, rolePool } from '../dataset/dataset.ts';
import { submissionOf, writersOn } from '../dataset/fill.ts';
import { BUYERS, SKUS, SUPPLIERS } from '../dataset/world.ts';
import { closedLoop } from '../measuring/closed-loop.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';

/** A writer opened on a ledger with a history: what opening costs, then rounds of orders whenever the parent says so. */
const { databaseUrl, callers, durationMs } = orderGiven() as {
  databaseUrl: string;
  callers: number;
  durationMs: number;
};
const pool = rolePool(databaseUrl, 'waybill_writer', 4);
await pool.query('select 1');
const writers = writersOn(pool);
const today = new Date().toISOString().slice(0, 10);
const actor = randomUUID();

const startMs = performance.now();
await placed();
const openMs = performance.now() - startMs;
await sleep(200);
globalThis.gc?.();
const { rss: rssBytes, heapUsed: heapBytes } = process.memoryUsage();
report({ openMs, rssBytes, heapBytes });
process.on('message', () => void round());

async function round(): Promise<void> {
  report(await closedLoop(placed, { callers, durationMs, warmUpMs: 1_000 }));
}

/** An order like those of the history, decided by the rules of the domain. */
async function placed(): Promise<void> {
  const [buyer] = BUYERS;
  const [sku] = SKUS;
  const [supplierId] = SUPPLIERS;
  if (buyer === undefined || sku === undefined || supplierId === undefined) throw new RangeError('an empty world');
  const { companyId, hallId: siteId } = buyer;
  const commandId = randomUUID();
  const tranches = ['T1', 'T2'].map((trancheId) => {
    return { trancheId, quantity: 16, unitPriceCents: sku.unitPriceCents, requestedDate: '2030-01-01', siteId };
  });
  const command = {
    type: 'PlaceOrder',
    orderId: commandId,
    companyId,
    supplierId,
    skuId: sku.skuId,
    tranches,
  } as const;
  const { answer } = await writers.submit(
    submissionOf(LEDGER, { command, commandId, actor, companyId, effectiveAt: today }),
  );
  if (answer.outcome !== 'accepted') throw new Error(`an order was refused: ${answer.code}`);
}
