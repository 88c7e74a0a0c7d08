import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { LineId } from './line.ts';
import type { Timeline, TimelineEntry } from './timeline.ts';
import { lineOf, VERSION_COLUMNS, type VersionColumns } from './version-row.ts';

/** The timelines of `lineIds` as written so far; lines without a version are absent. */
export async function loadTimelines(
  db: Queryable,
  generation: number,
  ledger: Id,
  lineIds: readonly LineId[],
): Promise<Map<LineId, Timeline>> {
  const timelines = new Map<LineId, TimelineEntry[]>();
  if (lineIds.length === 0) return timelines;
  const { rows } = await db.query<VersionColumns & { effective_on: string }>(SELECT_TIMELINES, [
    generation,
    ledger,
    lineIds,
  ]);
  for (const row of rows) {
    const timeline = timelines.get(row.line_id) ?? [];
    timeline.push({ effectiveOn: row.effective_on, line: lineOf(row) });
    timelines.set(row.line_id, timeline);
  }
  return timelines;
}

const SELECT_TIMELINES = `
  with newest as (
    select distinct on (line_id, effective_on) *
    from read.delivery_versions
    where generation = $1 and ledger = $2 and line_id = any ($3) and not withdrawn
    order by line_id, effective_on desc, position desc
  )
  select ${VERSION_COLUMNS}, effective_on::text
  from newest
  order by line_id, newest.effective_on`;
