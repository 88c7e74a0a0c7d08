-- Signed amounts that each event adds to a company's accounts: money in cents, lateness in unit-days by cause.
-- A figure is a sum of these rows, and they are its lineage.
create table read.amounts (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  -- limitCents, committedCents, consumedCents, or slip:CAUSE
  measure text collate "C" not null,
  company_id text collate "C" not null,
  -- null: money has no SKU
  sku_id text collate "C",
  amount bigint not null check (amount <> 0),
  -- of unit-days: cent-days
  worth numeric,
  effective_on date not null,
  -- as in read.position_contributions
  frontier_on date not null check (frontier_on >= effective_on),
  -- serves the sum since a block
  primary key (generation, ledger, position, seq)
);

-- serves the search for the prefix of a day
create index amounts_frontier on read.amounts (generation, ledger, frontier_on, position);

-- serves the rows recorded after the prefix of a day that were effective by it
create index amounts_late on read.amounts (generation, ledger, effective_on, position)
  where effective_on < frontier_on;

alter table read.amounts enable row level security, force row level security;

create policy projector on read.amounts to waybill_projector using (true) with check (true);

create policy auditor on read.amounts for select to waybill_auditor using (true);

create policy companies on read.amounts for select to waybill_query
  using (company_id = any (string_to_array(current_setting('waybill.companies', true), ',')));

grant select, insert, delete on read.amounts to waybill_projector;
grant select on read.amounts to waybill_query, waybill_auditor;
