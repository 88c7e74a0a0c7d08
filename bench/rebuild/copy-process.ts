import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import { ledgerSource, rebuildReadModels } from '#libs/read-models';
import { LEDGER, rolePool } from '../dataset/dataset.ts';
import { orderGiven, report } from '../measuring/trial-process.ts';
import type { RebuildMeasured, RebuildTrialOrder } from './order.ts';

/**
 * What PostgreSQL alone takes: every row of a rebuilt generation, in memory as lines of COPY, copied as another generation into the
 * same tables, with their indexes and constraints, over one connection. No event is read, folded or made into text meanwhile.
 */
const ANOTHER = 1_000_000;
const { databaseUrl } = orderGiven() as RebuildTrialOrder;
const pool = rolePool(databaseUrl, 'waybill_projector', 6);
const source = ledgerSource(new PostgresLedgerReader(pool), LEDGER);
const order = { ledger: LEDGER, who: 'bench', why: 'rows to copy', switchAnyway: true };
const { position, generation } = await rebuildReadModels({ pool, source, decode: decodeBody }, order);

const client = await pool.connect();
const { rows: tables } = await client.query<{ name: string; columns: string }>(
  `select table_name as name, string_agg(column_name, ', ') as columns
   from information_schema.columns
   where table_schema = 'read_rows' and column_name <> 'generation'
   group by table_name`,
);
const copies: { statement: string; lines: Buffer }[] = [];
for (const { name, columns } of tables) {
  const rows = `select ${ANOTHER}, ${columns} from read.${name} where generation = ${generation}`;
  const lines = await buffer(client.query(copyTo(`copy (${rows}) to stdout`)));
  copies.push({ statement: `copy read_rows.${name} (generation, ${columns}) from stdin`, lines });
}
const startMs = performance.now();
for (const { statement, lines } of copies) await pipeline(Readable.from([lines]), client.query(copyFrom(statement)));
const curve: [number, number][] = [
  [0, startMs],
  [position, performance.now()],
];
client.release();
await pool.end();
report({ curve, rssBytes: process.memoryUsage.rss() } satisfies RebuildMeasured);
