-- Sums of the contributions up to the end of each block of positions, so that a figure as of any position is one block
-- and fewer rows than a block holds. Written once, never changed: a sum kept current would be a hot row.
create table read.position_blocks (
  generation integer not null,
  ledger text collate "C" not null,
  -- 1, 2, 3 …: block n sums positions 1 to n × the block's length
  block bigint not null check (block > 0),
  company_id text collate "C" not null,
  sku_id text collate "C" not null,
  site_id text collate "C",
  bucket text collate "C" not null,
  counterparty_id text collate "C",
  quantity bigint not null,
  unique nulls not distinct (generation, ledger, block, company_id, sku_id, site_id, bucket, counterparty_id)
);

alter table read.position_blocks enable row level security, force row level security;

create policy projector on read.position_blocks to waybill_projector using (true) with check (true);

create policy auditor on read.position_blocks for select to waybill_auditor using (true);

create policy companies on read.position_blocks for select to waybill_query
  using (company_id = any (string_to_array(current_setting('waybill.companies', true), ',')));

grant select, insert, delete on read.position_blocks to waybill_projector;
grant select on read.position_blocks to waybill_query, waybill_auditor;
