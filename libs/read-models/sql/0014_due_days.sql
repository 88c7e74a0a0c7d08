-- The day on which units `open` or `inTransit` are expected, so that what comes to a site or a company by a day is a sum of the
-- same rows. A change of date moves units between two days of one bucket. Rows written by earlier releases have no day: a
-- rebuild writes them anew.
alter table read.position_contributions
  add column due_on date check (due_on is null or bucket in ('open', 'inTransit'));

alter table read.position_blocks
  add column due_on date check (due_on is null or bucket in ('open', 'inTransit')),
  drop constraint position_blocks_generation_ledger_block_company_id_sku_id_s_key,
  add unique nulls not distinct (generation, ledger, block, company_id, sku_id, site_id, bucket, counterparty_id, due_on);
