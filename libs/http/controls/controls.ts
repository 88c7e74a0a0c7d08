import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { allowedOverloads, breachesReport, ledgerProgress } from '#libs/read-models';

/** `selfApproval`: refused because one person would have approved twice; `rejection`: any other broken rule. */
export type Control = 'selfApproval' | 'rejection' | 'overload' | 'crossCompanyRead';

/** How often a control worked, and when it did last. */
export interface ControlItem {
  readonly control: Control;
  /** The code of a refusal, the id of an overload, the route of a read. */
  readonly subject: string;
  /** The command that was refused. */
  readonly command: string | null;
  /** Pseudonym of who was refused or who read; null of an overload. */
  readonly actor: string | null;
  /** Of an overload. */
  readonly siteId: Id | null;
  readonly count: number;
  /** RFC 3339; null of an overload. */
  readonly lastAt: string | null;
  /** Of an overload: units allowed, and units above usable on the worst day from the beginning of the overload on. */
  readonly allowedUnits: number | null;
  readonly usedUnits: number | null;
}

export interface ControlsReport {
  readonly asOfPosition: number;
  readonly validAt: null;
  /** Of the log of reads: those up to this one are counted. */
  readonly accessPosition: number;
  readonly items: readonly ControlItem[];
}

export interface ControlsQuery {
  /** Null: now, with every refusal so far. Of an earlier position: those decided before the ledger reached it, which never change. */
  readonly asOfPosition: number | null;
  /** Null: every read so far. */
  readonly accessPosition: number | null;
}

/** What controls refused, allowed and recorded in a ledger. `db`: signed in as waybill_auditor. */
export async function controlsReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, accessPosition }: ControlsQuery,
): Promise<ControlsReport> {
  const { position } = await ledgerProgress(db, ledger);
  const reads = await crossCompanyReads(db, ledger, accessPosition);
  return {
    asOfPosition: asOfPosition ?? position,
    validAt: null,
    accessPosition: reads.accessPosition,
    items: [
      ...(await refusals(db, ledger, asOfPosition)),
      ...(await overloads(db, ledger, asOfPosition ?? position)),
      ...reads.items,
    ],
  };
}

const NO_FIGURES = { siteId: null, allowedUnits: null, usedUnits: null };
const FOUR_EYES = new Set(['SELF_APPROVAL', 'SAME_APPROVER']);

async function refusals(db: Queryable, ledger: Id, asOfPosition: number | null): Promise<readonly ControlItem[]> {
  const { rows } = await db.query<Counted & { code: string; command: string; actor: string }>(SELECT_REFUSALS, [
    ledger,
    asOfPosition,
  ]);
  return rows.map(({ code, command, actor, count, last }) => ({
    ...NO_FIGURES,
    control: FOUR_EYES.has(code) ? ('selfApproval' as const) : ('rejection' as const),
    subject: code,
    command,
    actor,
    count: Number(count),
    lastAt: new Date(Number(last)).toISOString(),
  }));
}

interface Counted {
  readonly count: string;
  /** Milliseconds. */
  readonly last: string;
}

const SELECT_REFUSALS = `
  with refused as (
    select actor, recorded_at_ms,
           convert_from(answer, 'UTF8')::json ->> 'code' as code,
           convert_from(request, 'UTF8')::json -> 'command' ->> 'type' as command
    from ledger.commands
    where ledger = $1 and outcome = 'rejected' and ($2::bigint is null or decided_on < $2)
  )
  select code, command, actor, count(*) as count, max(recorded_at_ms) as last
  from refused
  group by code, command, actor
  order by code, command, actor`;

async function overloads(db: Queryable, ledger: Id, asOfPosition: number): Promise<readonly ControlItem[]> {
  const items: ControlItem[] = [];
  for (const { overrideId, siteId, units, from } of await allowedOverloads(db, ledger, asOfPosition)) {
    const { items: found } = await breachesReport(db, ledger, { companyIds: null, siteId, asOfPosition, from });
    items.push({
      ...{ control: 'overload', subject: overrideId, command: 'AllowOverload', actor: null, siteId },
      ...{ count: 1, lastAt: null, allowedUnits: units, usedUnits: Math.min(found[0]?.units ?? 0, units) },
    });
  }
  return items;
}

async function crossCompanyReads(
  db: Queryable,
  ledger: Id,
  upTo: number | null,
): Promise<{ accessPosition: number; items: readonly ControlItem[] }> {
  const { rows } = await db.query<Counted & { route: string; actor: string; newest: string }>(SELECT_READS, [
    ledger,
    upTo,
  ]);
  const items = rows.map(({ route, actor, count, last }) => ({
    ...NO_FIGURES,
    control: 'crossCompanyRead' as const,
    subject: route,
    command: null,
    actor,
    count: Number(count),
    lastAt: new Date(Number(last)).toISOString(),
  }));
  return { accessPosition: Math.max(upTo ?? 0, ...rows.map(({ newest }) => Number(newest))), items };
}

const SELECT_READS = `
  select route, actor, count(*) as count, max(access_position) as newest,
         floor(extract(epoch from max(read_at)) * 1000)::bigint as last
  from access.reads
  where ledger = $1 and ($2::bigint is null or access_position <= $2)
  group by route, actor
  order by route, actor`;
