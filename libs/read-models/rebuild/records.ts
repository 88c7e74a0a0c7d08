import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';

/** A rebuild as it is on record. Instants are RFC 3339 in UTC; null: not yet, or never. */
export interface RebuildRecord {
  readonly generation: number;
  /** The generation that was live when it began. */
  readonly beside: number;
  readonly isLive: boolean;
  readonly source: 'ledger' | 'kafka';
  readonly who: string;
  readonly why: string;
  readonly startedAt: string;
  /** Null: under way, or its process died. */
  readonly endedAt: string | null;
  readonly position: number | null;
  /** Hex. */
  readonly digest: string | null;
  readonly differences: number | null;
  readonly switchedAt: string | null;
  readonly droppedAt: string | null;
}

/** Every rebuild of `ledger`, the first one first; for waybill_projector and waybill_auditor. */
export async function rebuildRecords(db: Queryable, ledger: Id): Promise<readonly RebuildRecord[]> {
  const { rows } = await db.query<RecordColumns>(SELECT, [ledger]);
  return rows.map(({ position, differences, ...row }) => ({
    ...row,
    position: position === null ? null : Number(position),
    differences: differences === null ? null : Number(differences),
  }));
}

type RecordColumns = Omit<RebuildRecord, 'position' | 'differences'> & {
  readonly position: string | null;
  readonly differences: string | null;
};

const instant = (column: string, name: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "${name}"`;

const SELECT = `
  select generation, beside, generation = live.active as "isLive", source, who, why,
         ${instant('started_at', 'startedAt')}, ${instant('ended_at', 'endedAt')},
         position, encode(digest, 'hex') as digest, differences,
         ${instant('switched_at', 'switchedAt')}, ${instant('dropped_at', 'droppedAt')}
  from read.rebuilds
  join read.generations as live using (ledger)
  where ledger = $1
  order by generation`;
