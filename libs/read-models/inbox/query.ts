import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import type { WaitingKind, WaitingThing } from './waiting.ts';

export interface InboxFilter {
  /** Whom it waits for. */
  readonly companyId?: Id | undefined;
  readonly kinds: readonly WaitingKind[];
  /** Of requests: for these commands. */
  readonly commands: readonly string[];
  /** Pseudonym of a person: without what they asked for themselves. */
  readonly notAskedBy: string | null;
  /** Things that came up after this one, in the order of the ledger. */
  readonly after?: PlaceInLedger | undefined;
  /** Things at most. */
  readonly limit: number;
}

/** The event by which a thing came up, and which of its things it is. */
export interface PlaceInLedger {
  readonly position: number;
  readonly seq: number;
}

export type WaitingItem = PlaceInLedger &
  Omit<WaitingThing, 'units'> & {
    /** That still wait; 1 where there is nothing to count. Digits. */
    readonly units: string;
    readonly effectiveOn: Day;
    readonly recordedAtMs: number;
  };

interface Moment {
  readonly generation: number;
  readonly ledger: Id;
  readonly asOfPosition: number;
}

/** What waits as of a position, in the order in which it came up. */
export async function selectWaiting(
  db: Queryable,
  { generation, ledger, asOfPosition }: Moment,
  { companyId, kinds, commands, notAskedBy, after, limit }: InboxFilter,
): Promise<readonly WaitingItem[]> {
  const from = [after?.position ?? 0, after?.seq ?? 0];
  const asked = [generation, ledger, asOfPosition, companyId ?? null, kinds, commands, notAskedBy, ...from, limit];
  return (await db.query<WaitingItem>(SELECT_WAITING, asked)).rows;
}

// No instant or position is beyond the safe integers, so a double holds it.
const SELECT_WAITING = `
  select position::double precision as position, seq, kind, thing, company_id as "companyId",
         (thing.units + coalesce(changed.units, 0))::text as units, asked_by as "askedBy", about,
         effective_on::text as "effectiveOn", recorded_at_ms::double precision as "recordedAtMs"
  from read.waiting_things thing
  cross join lateral (
    select sum(change.units) as units, bool_or(change.units is null) as is_over
    from read.waiting_changes change
    where change.generation = $1 and change.ledger = $2
      and change.kind = thing.kind and change.thing = thing.thing
      and change.position <= $3
      and (change.company_id is null or change.company_id = thing.company_id)
  ) changed
  where generation = $1 and ledger = $2 and position <= $3
    and ($4::text is null or company_id = $4)
    and kind = any ($5::text[])
    and (kind <> 'request' or about ->> 'command' = any ($6::text[]))
    and ($7::text is null or asked_by is distinct from $7)
    and (position, seq) > ($8::bigint, $9::integer)
    and changed.is_over is not true
    and thing.units + coalesce(changed.units, 0) > 0
  order by position, seq
  limit $10`;
