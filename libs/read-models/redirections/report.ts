import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { resolveAsOf } from '../as-of.ts';
import { selectHappenings, selectProposals, selectRelations, type RedirectionFilter } from './query.ts';
import { statementOf, type RedirectionItem } from './statement.ts';

export interface RedirectionsQuery extends Omit<RedirectionFilter, 'limit'> {
  /** Null or absent: where the read models stand. */
  readonly asOfPosition?: number | null | undefined;
  /** 500 when absent. */
  readonly limit?: number | undefined;
}

export interface RedirectionsReport {
  readonly asOfPosition: number;
  /** Null: all days. */
  readonly validAt: Day | null;
  readonly items: readonly RedirectionItem[];
  /** Whether redirections follow; the next page is after the last item's id, at the same `asOfPosition`. */
  readonly hasMore: boolean;
}

/**
 * The statement of every redirection: who takes what from whom and why, who approved it, and what of each leg is
 * delivered, gone and outstanding. `db` decides what is seen, as for `positionsReport`. Throws ReadModelBehind.
 */
export async function redirectionsReport(
  db: Queryable,
  ledger: Id,
  { asOfPosition, limit = 500, ...filter }: RedirectionsQuery = {},
): Promise<RedirectionsReport> {
  const { generation, position } = await resolveAsOf(db, ledger, asOfPosition);
  const validAt = filter.validAt ?? null;
  const at = { generation, ledger, asOfPosition: position };
  const found = await selectProposals(db, at, { ...filter, limit: limit + 1 });
  const proposals = found.slice(0, limit);
  const ids = proposals.map(({ redirectionId }) => redirectionId);
  const happenings = await selectHappenings(db, at, validAt, ids);
  const companies = await selectRelations(db, at);
  const items = proposals.map((proposal) =>
    statementOf(
      proposal,
      happenings.filter(({ redirectionId }) => redirectionId === proposal.redirectionId),
      companies,
    ),
  );
  return { asOfPosition: position, validAt, items, hasMore: found.length > limit };
}
