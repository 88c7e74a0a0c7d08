import { decodeBody } from '#libs/contracts';
import { PostgresLedgerReader } from '#libs/event-store';
import type { Day } from '#libs/kernel';
import { Projector, siteLoadReport } from '#libs/read-models';
import { LEDGER, rolePool } from '../dataset/dataset.ts';
import { submissionOf, writersOn } from '../dataset/fill.ts';
import { say } from '../measuring/findings.ts';
import { grouped } from '../measuring/tables.ts';
import { closing, type Loaded } from './closing.ts';

/** A ledger with everything in its read models: its last position, and the days between which things happened. */
export async function caughtUp(databaseUrl: string): Promise<{ head: number; firstDay: Day; lastDay: Day }> {
  const days = await daysOf(databaseUrl);
  const pool = rolePool(databaseUrl, 'waybill_projector', 2);
  const startMs = performance.now();
  const projector = new Projector({ pool, reader: new PostgresLedgerReader(pool), decode: decodeBody });
  const { position } = await projector.catchUp(LEDGER);
  say(`read models of ${grouped(position)} events in ${Math.round((performance.now() - startMs) / 1_000)} s`);
  await closed(databaseUrl, days.lastDay);
  const { position: head } = await projector.catchUp(LEDGER);
  await pool.end();
  await asOwner(databaseUrl, 'vacuum (analyze)');
  return { head, ...days };
}

/** What the history lacks and reports show. */
async function closed(databaseUrl: string, effectiveAt: Day): Promise<void> {
  const pool = rolePool(databaseUrl, 'waybill_writer', 2);
  const writers = writersOn(pool);
  for (const each of closing(effectiveAt, await loadOn(databaseUrl, effectiveAt))) {
    const { answer } = await writers.submit(submissionOf(LEDGER, { ...each, effectiveAt }));
    if (answer.outcome !== 'accepted') throw new Error(`${each.command.type} was refused: ${answer.code}`);
  }
  await writers.stop();
  await pool.end();
}

async function loadOn(databaseUrl: string, day: Day): Promise<readonly Loaded[]> {
  const pool = rolePool(databaseUrl, 'waybill_auditor', 1);
  try {
    const { items } = await siteLoadReport(pool, LEDGER, { companyIds: null, from: day, to: day });
    return items.map(({ siteId, usableUnits, headroom }) => ({ siteId, units: usableUnits - headroom }));
  } finally {
    await pool.end();
  }
}

async function daysOf(databaseUrl: string): Promise<{ firstDay: Day; lastDay: Day }> {
  const [days] = await asOwner<{ firstDay: Day; lastDay: Day }>(
    databaseUrl,
    `select min(effective_at)::text as "firstDay", max(effective_at)::text as "lastDay" from ledger.events`,
  );
  if (days === undefined) throw new RangeError('a ledger without events');
  return days;
}

async function asOwner<Row extends object>(databaseUrl: string, sql: string): Promise<Row[]> {
  const pool = rolePool(databaseUrl, 'waybill_owner', 1);
  try {
    return (await pool.query<Row>(sql)).rows;
  } finally {
    await pool.end();
  }
}
