import type { InvariantNumber } from '#libs/domain';

/** Finds rows that break an invariant: `subject`, `found` in words, `position`. $1 generation, $2 ledger, $3 position. */
export interface Rule {
  readonly invariant: InvariantNumber;
  readonly select: string;
}

const UP_TO = 'generation = $1 and ledger = $2 and position <= $3';

export const UNIT_RULES: readonly Rule[] = [
  {
    // no bucket of a company at a site is below zero after any event
    invariant: 3,
    select: `
      with moved as (
        select company_id, sku_id, site_id, bucket, position, sum(quantity) as quantity
        from read.position_contributions
        where ${UP_TO} and bucket <> 'owed'
        group by company_id, sku_id, site_id, bucket, position
      ),
      held as (
        select *, sum(quantity) over (partition by company_id, sku_id, site_id, bucket order by position) as units
        from moved
      ),
      below as (
        select distinct on (company_id, sku_id, site_id, bucket) *
        from held
        where units < 0
        order by company_id, sku_id, site_id, bucket, position
      )
      select concat(bucket, ' of ', company_id, ', ', sku_id, ' at ', coalesce(site_id, 'no site')) as subject,
             concat(units, ' units') as found, position
      from below
      order by position`,
  },
  {
    // a redirection, a transfer and a move make no units
    invariant: 3,
    select: `
      select concat(event.type, ' of ', row.sku_id) as subject, concat(row.bucket, ' sums to ', sum(row.quantity)) as found,
             row.position
      from read.position_contributions as row
      join ledger.history as event on event.ledger = row.ledger and event.position = row.position
      where row.generation = $1 and row.ledger = $2 and row.position <= $3 and row.bucket <> 'owed'
        and event.type in ('ShipmentRedirected', 'CommitmentRedirected', 'TitleTransferred', 'StockMoved')
      group by row.position, event.type, row.sku_id, row.bucket
      having sum(row.quantity) <> 0
      order by row.position`,
  },
  {
    // both sides of a debt hold it after every event
    invariant: 4,
    select: `
      select concat('exposure of ', least(company_id, counterparty_id), ' and ', greatest(company_id, counterparty_id), ', ', sku_id)
               as subject,
             concat('the two sides sum to ', sum(quantity)) as found, position
      from read.position_contributions
      where ${UP_TO} and bucket = 'owed'
      group by position, sku_id, least(company_id, counterparty_id), greatest(company_id, counterparty_id)
      having sum(quantity) <> 0
      order by position`,
  },
];

export const MONEY_RULES: readonly Rule[] = [
  {
    // committed and consumed never below zero, together never above the limits
    invariant: 6,
    select: `
      with booked as (
        select company_id, position,
               coalesce(sum(amount) filter (where measure = 'limitCents'), 0) as limits,
               coalesce(sum(amount) filter (where measure = 'committedCents'), 0) as committed,
               coalesce(sum(amount) filter (where measure = 'consumedCents'), 0) as consumed
        from read.amounts
        where ${UP_TO} and measure in ('limitCents', 'committedCents', 'consumedCents')
        group by company_id, position
      ),
      accounts as (
        select company_id, position, sum(limits) over upto as limits, sum(committed) over upto as committed,
               sum(consumed) over upto as consumed
        from booked
        window upto as (partition by company_id order by position)
      ),
      wrong as (
        select distinct on (company_id) *
        from accounts
        where committed < 0 or consumed < 0 or committed + consumed > limits
        order by company_id, position
      )
      select concat('funds of ', company_id) as subject,
             concat('committed ', committed, ', consumed ', consumed, '; limits ', limits) as found, position
      from wrong
      order by position`,
  },
  {
    // a redirection's money sums to zero
    invariant: 6,
    select: `
      select 'a redirection' as subject, concat('its money sums to ', sum(row.amount)) as found, row.position
      from read.amounts as row
      join ledger.history as event on event.ledger = row.ledger and event.position = row.position
      where row.generation = $1 and row.ledger = $2 and row.position <= $3 and event.type = 'FundsMoved'
      group by row.position
      having sum(row.amount) <> 0
      order by row.position`,
  },
];

export const DELIVERY_RULES: readonly Rule[] = [
  {
    // the ordering company never changes
    invariant: 3,
    select: `
      select concat('order ', order_id) as subject,
             concat('ordered by ', string_agg(distinct ordering_company_id, ' and by ')) as found, min(position) as position
      from read.delivery_versions
      where ${UP_TO} and not withdrawn
      group by order_id
      having count(distinct ordering_company_id) > 1
      order by order_id`,
  },
  {
    // active only with the approval of every party, each by a person of its own who did not propose it
    invariant: 7,
    select: `
      with approvals as (
        select redirection_id, company_id, actor, position
        from read.redirection_history
        where ${UP_TO} and happening = 'approved'
      ),
      wrong as (
        select active.redirection_id, concat('active without the approval of ', party) as found, active.position
        from read.redirection_history as active
        join read.redirections as proposed using (generation, ledger, redirection_id)
        cross join unnest(proposed.parties) as party
        where active.generation = $1 and active.ledger = $2 and active.position <= $3 and active.happening = 'activated'
          and not exists (
            select
            from approvals
            where approvals.redirection_id = active.redirection_id and company_id = party
              and approvals.position <= active.position
          )
        union all
        select redirection_id, concat('proposed and approved by ', actor), approvals.position
        from approvals
        join read.redirections as proposed using (redirection_id)
        where proposed.generation = $1 and proposed.ledger = $2 and proposed.proposed_by = actor
        union all
        select redirection_id, concat('approved twice by ', actor), max(position)
        from approvals
        group by redirection_id, actor
        having count(*) > 1
      )
      select concat('redirection ', redirection_id) as subject, found, position
      from wrong
      order by position`,
  },
];
