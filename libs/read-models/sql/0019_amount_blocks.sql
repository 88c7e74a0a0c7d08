-- Sums of read.amounts up to the end of each block of positions, as read.position_blocks are of contributions.
create table read.amount_blocks (
  generation integer not null,
  ledger text collate "C" not null,
  block bigint not null check (block > 0),
  measure text collate "C" not null,
  company_id text collate "C" not null,
  sku_id text collate "C",
  amount numeric not null,
  worth numeric,
  unique nulls not distinct (generation, ledger, block, measure, company_id, sku_id)
);

alter table read.amount_blocks enable row level security, force row level security;

create policy projector on read.amount_blocks to waybill_projector using (true) with check (true);

create policy auditor on read.amount_blocks for select to waybill_auditor using (true);

create policy companies on read.amount_blocks for select to waybill_query
  using (company_id = any (string_to_array(current_setting('waybill.companies', true), ',')));

grant select, insert, delete on read.amount_blocks to waybill_projector;
grant select on read.amount_blocks to waybill_query, waybill_auditor;
