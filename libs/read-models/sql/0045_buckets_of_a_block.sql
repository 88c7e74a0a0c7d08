-- A report of one bucket (who owes whom, what stands at a site) reads that bucket's part of a block, not the whole block: with
-- the bucket behind companies and SKUs a block of a long ledger was scanned for it.
alter table read.position_blocks
  drop constraint position_blocks_generation_ledger_block_company_id_sku_id_s_key,
  add unique nulls not distinct (generation, ledger, block, bucket, company_id, sku_id, site_id, counterparty_id, due_on);
