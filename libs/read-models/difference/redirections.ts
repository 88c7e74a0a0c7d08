import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { redirectionsReport } from '../redirections/report.ts';
import { selectHappenings, selectProposals } from '../redirections/query.ts';
import { statementOf, type RedirectionItem } from '../redirections/statement.ts';
import type { Comparison, Eyes, Figure, Side } from './comparison.ts';
import type { FactStep } from './lines.ts';

/** What became of redirections and of the units of their legs. */
export async function redirectionFigures(
  { own }: Eyes,
  side: Side,
  { validAt, filter }: Comparison,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let afterRedirectionId: Id | undefined;
  for (;;) {
    const asked = { ...filter, validAt, asOfPosition: side.asOfPosition, afterRedirectionId };
    const { items, hasMore } = await redirectionsReport(own, side.ledger, asked);
    figures.push(...items.flatMap(figuresOfRedirection));
    if (!hasMore) return figures;
    afterRedirectionId = items.at(-1)?.redirectionId;
  }
}

function figuresOfRedirection({ redirectionId, status, legs }: RedirectionItem): readonly Figure[] {
  const named = { report: 'redirections', redirectionId } as const;
  return [
    { key: { ...named, figure: 'status' }, companyId: null, value: status },
    ...legs.flatMap(({ leg, skuId, toCompanyId, delivered, gone }) => [
      { key: { ...named, leg, skuId, figure: 'delivered' }, companyId: toCompanyId, value: BigInt(delivered) },
      { key: { ...named, leg, skuId, figure: 'gone' }, companyId: toCompanyId, value: BigInt(gone) },
    ]),
  ];
}

/** The companies of each redirection, to whom its status matters. */
export async function partiesOf(
  db: Queryable,
  { generation, ledger, asOfPosition }: Side,
): Promise<ReadonlyMap<Id, readonly Id[]>> {
  const { rows } = await db.query<{ redirection_id: Id; audience: readonly Id[] }>(
    `select redirection_id, audience
     from read.redirections
     where generation = $1 and ledger = $2 and position <= $3`,
    [generation, ledger, asOfPosition],
  );
  return new Map(rows.map((row) => [row.redirection_id, row.audience]));
}

/** How the status of a redirection went, position by position. */
export async function statusSteps(
  db: Queryable,
  side: Side,
  validAt: Day | null,
  redirectionId: Id,
): Promise<readonly FactStep[]> {
  const [proposal] = await selectProposals(db, side, { validAt, redirectionId, limit: 1 });
  if (proposal === undefined) return [];
  const happenings = await selectHappenings(db, side, validAt, [redirectionId]);
  const positions = [proposal.position, ...happenings.map(({ position }) => position)];
  return [...new Set(positions)].map((position) => {
    const until = happenings.filter((happening) => happening.position <= position);
    return { position, value: statementOf(proposal, until, new Map()).status };
  });
}
