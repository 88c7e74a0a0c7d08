/**
 * `with prefix …, parts …`: the blocks and contributions that sum to positions as of a position and a day, all of a
 * ledger. Parameters: $1 generation, $2 ledger, $3 position, $4 day or null, $5 the block's length.
 *
 * `prefix` is the last contribution before which everything is effective by the day. What is effective by the day is that
 * prefix (a block and the rows since it) and the few later rows that were recorded late.
 */
export const EFFECTIVE_PARTS = `
  with prefix as materialized (
    select case
      when $4::date is null then $3::bigint
      else least($3::bigint, coalesce((
        select position
        from read.position_contributions
        where generation = $1 and ledger = $2 and frontier_on <= $4::date
        order by frontier_on desc, position desc
        limit 1
      ), 0))
    end as position
  ),
  parts as (
    select company_id, sku_id, site_id, bucket, counterparty_id, due_on, quantity
    from read.position_blocks
    where generation = $1 and ledger = $2
      and block = (select position / $5::bigint from prefix)
    union all
    select company_id, sku_id, site_id, bucket, counterparty_id, due_on, quantity
    from read.position_contributions
    where generation = $1 and ledger = $2
      and position > (select position / $5::bigint * $5::bigint from prefix)
      and position <= (select position from prefix)
    union all
    select company_id, sku_id, site_id, bucket, counterparty_id, due_on, quantity
    from read.position_contributions
    where generation = $1 and ledger = $2
      and effective_on < frontier_on and effective_on <= $4::date
      and position > (select position from prefix) and position <= $3::bigint
  )`;
