import type pg from 'pg';
import type { Id } from '#libs/kernel';
import { type RebuildRecord, rebuildRecords } from '#libs/read-models';
import type { CliContext, ExitCode } from '../cli/subcommand.ts';

/** `waybill rebuild --list`: who built what, why, from where, and what became of it. */
export async function listRebuilds(
  pool: pg.Pool,
  ledger: Id,
  { json, out }: { readonly json: boolean; readonly out: CliContext['out'] },
): Promise<ExitCode> {
  const records = await rebuildRecords(pool, ledger);
  if (json) out.write(`${JSON.stringify({ ledger, rebuilds: records })}\n`);
  else out.write(records.length === 0 ? `${ledger} was never rebuilt\n` : records.map(recordLine).join(''));
  return 0;
}

function recordLine(record: RebuildRecord): string {
  const { generation, beside, source, who, why, startedAt } = record;
  return `generation ${generation} beside ${beside}, from ${source}, ${startedAt}, by ${who}: ${why}; ${outcome(record)}\n`;
}

function outcome({ isLive, endedAt, position, differences, switchedAt, droppedAt }: RebuildRecord): string {
  if (droppedAt !== null) return switchedAt === null ? `dropped ${droppedAt}, never live` : `dropped ${droppedAt}`;
  if (endedAt === null) return 'under way, or its process died: the next rebuild drops it';
  const found = `positions 1 to ${position ?? 0}, ${differences ?? 0} differences`;
  if (isLive) return `${found}, live since ${switchedAt ?? ''}`;
  return switchedAt === null ? `${found}, never live` : `${found}, live no longer`;
}
