import type { Queryable } from '#libs/event-store';
import type { ProposedLeg } from '#libs/domain';
import type { Day, Id } from '#libs/kernel';
import type { Happening } from './happenings.ts';
import type { RelationRow } from './tables.ts';

export interface RedirectionFilter {
  readonly validAt?: Day | null | undefined;
  /** Of any of its legs, giving or getting. */
  readonly companyId?: Id | undefined;
  /** Of any of its legs. */
  readonly skuId?: Id | undefined;
  /** That any of its legs leaves or reaches. */
  readonly siteId?: Id | undefined;
  /** This one alone. */
  readonly redirectionId?: Id | undefined;
  /** Redirections after this one, in the order of their ids. */
  readonly afterRedirectionId?: Id | undefined;
  /** Redirections at most. */
  readonly limit: number;
}

export interface Proposal {
  readonly position: number;
  readonly redirectionId: Id;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedOn: Day;
  readonly parties: readonly Id[];
  readonly legs: readonly ProposedLeg[];
}

export type DatedHappening = Happening & { readonly on: Day; readonly position: number };

export interface Moment {
  readonly generation: number;
  readonly ledger: Id;
  readonly asOfPosition: number;
}

/** The redirections proposed as of a position and a day, in the order of their ids. */
export async function selectProposals(
  db: Queryable,
  { generation, ledger, asOfPosition }: Moment,
  { validAt, companyId, skuId, siteId, redirectionId, afterRedirectionId, limit }: RedirectionFilter,
): Promise<readonly Proposal[]> {
  const { rows } = await db.query<Proposal>(SELECT_PROPOSALS, [
    generation,
    ledger,
    asOfPosition,
    validAt ?? null,
    companyId ?? null,
    skuId ?? null,
    siteId ?? null,
    afterRedirectionId ?? '',
    limit,
    redirectionId ?? null,
  ]);
  return rows;
}

/** What happened to the redirections named, in the order of the ledger. */
export async function selectHappenings(
  db: Queryable,
  { generation, ledger, asOfPosition }: Moment,
  validAt: Day | null,
  redirectionIds: readonly Id[],
): Promise<readonly DatedHappening[]> {
  const asked = [generation, ledger, asOfPosition, validAt, redirectionIds];
  return (await db.query<DatedHappening>(SELECT_HAPPENINGS, asked)).rows;
}

/** To whom each company belongs; a company's registration is no question of days. */
export async function selectRelations(
  db: Queryable,
  { generation, ledger, asOfPosition }: Moment,
): Promise<ReadonlyMap<Id, RelationRow>> {
  const { rows } = await db.query<RelationRow>(SELECT_RELATIONS, [generation, ledger, asOfPosition]);
  return new Map(rows.map((row) => [row.companyId, row]));
}

// No position and no unit count of an event is beyond the safe integers, so a double holds it.
const SELECT_PROPOSALS = `
  select position::double precision as position, redirection_id as "redirectionId", reason, proposed_by as "proposedBy", effective_on::text as "proposedOn",
         parties, legs
  from read.redirections
  where generation = $1 and ledger = $2 and redirection_id > $8
    and position <= $3
    and ($4::date is null or effective_on <= $4)
    and ($5::text is null or $5 = any (audience))
    and ($6::text is null or legs @> jsonb_build_array(jsonb_build_object('skuId', $6::text)))
    and ($7::text is null
      or legs @> jsonb_build_array(jsonb_build_object('fromSiteId', $7::text))
      or legs @> jsonb_build_array(jsonb_build_object('toSiteId', $7::text)))
    and ($10::text is null or redirection_id = $10)
  order by redirection_id
  limit $9`;

const SELECT_HAPPENINGS = `
  select redirection_id as "redirectionId", happening, company_id as "companyId", actor, leg,
         units::double precision as units, effective_on::text as on, position::double precision as position
  from read.redirection_history
  where generation = $1 and ledger = $2 and redirection_id = any ($5::text[])
    and position <= $3
    and ($4::date is null or effective_on <= $4)
  order by position, seq`;

const SELECT_RELATIONS = `
  select company_id as "companyId", parent_id as "parentId", controlled_by as "controlledBy"
  from read.company_relations
  where generation = $1 and ledger = $2 and position <= $3`;
