import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';

/** The rows whose amounts add up to a figure. */
export interface FigureRows {
  readonly table: 'position_contributions' | 'amounts' | 'delivery_contributions' | 'redirection_history';
  /** The signed amount of a row. */
  readonly amount: string;
  /** Which rows, by parameters from $5 on. */
  readonly where: string;
  readonly parameters: readonly unknown[];
}

export interface LineageMoment {
  readonly generation: number;
  readonly ledger: Id;
  readonly asOfPosition: number;
  readonly validAt: Day | null;
}

/** What an event adds to a figure; `amount` is never zero. */
export interface Contribution {
  readonly position: number;
  readonly effectiveAt: Day;
  readonly amount: bigint;
}

export interface ContributionPage {
  readonly total: bigint;
  /** In the order of positions; one more than the limit when there is more. */
  readonly items: readonly Contribution[];
}

/** What each event adds, after `after`; and the sum over all. */
export async function selectContributions(
  db: Queryable,
  moment: LineageMoment,
  rows: FigureRows,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<ContributionPage> {
  const { generation, ledger, asOfPosition, validAt } = moment;
  const asked = [generation, ledger, asOfPosition, validAt, ...rows.parameters];
  const sums = await db.query<{ total: string }>(
    `${eventsOf(rows)} select coalesce(sum(amount), 0)::text as total from events`,
    asked,
  );
  const items = await selectEvents(db, moment, rows, { after, limit: limit + 1 });
  return { total: BigInt(sums.rows[0]?.total ?? 0), items };
}

/** What each event adds, after `after`; at most `limit` events. */
export async function selectEvents(
  db: Queryable,
  { generation, ledger, asOfPosition, validAt }: LineageMoment,
  rows: FigureRows,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly Contribution[]> {
  const asked = [generation, ledger, asOfPosition, validAt, ...rows.parameters];
  const page = await db.query<{ position: string; effectiveAt: Day; amount: string }>(
    `${eventsOf(rows)}
     select position, effective_on::text as "effectiveAt", amount::text as amount
     from events
     where position > $${asked.length + 1}::bigint
     order by position
     limit $${asked.length + 2}::bigint`,
    [...asked, after, limit],
  );
  return page.rows.map(({ position, effectiveAt, amount }) => ({
    position: Number(position),
    effectiveAt,
    amount: BigInt(amount),
  }));
}

function eventsOf({ table, amount, where }: FigureRows): string {
  return `
    with events as (
      select position, effective_on, sum(${amount}) as amount
      from read.${table}
      where generation = $1 and ledger = $2 and position <= $3
        and ($4::date is null or effective_on <= $4::date)
        and ${where}
      group by position, effective_on
      having sum(${amount}) <> 0
    )`;
}
