-- The causes of one line at one position are numbered in the order of their names. Until now their order was that of memory or of the
-- database, whichever the line came from, and a rebuild could number them in another way. Out of the way first, then into place.
with numbered as (
  select generation, ledger, position, seq,
         row_number() over (
           partition by generation, ledger, position
           order by first_seq, measure like 'slip:%', case when measure like 'slip:%' then measure end collate "C", seq
         ) - 1 as place
  from (
    select *, min(seq) over (partition by generation, ledger, position, line_id) as first_seq
    from read.delivery_contributions
  ) as rows
)
update read.delivery_contributions as row
set seq = -1 - numbered.place
from numbered
where row.generation = numbered.generation and row.ledger = numbered.ledger and row.position = numbered.position
  and row.seq = numbered.seq and numbered.seq <> numbered.place;

update read.delivery_contributions set seq = -1 - seq where seq < 0;
