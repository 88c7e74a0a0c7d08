-- Signed units that each event adds to a company's buckets. A figure is a sum of these rows, and they are its lineage.
create table read.position_contributions (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  company_id text collate "C" not null,
  sku_id text collate "C" not null,
  -- null: not yet placed, or a figure of no site
  site_id text collate "C",
  bucket text collate "C" not null,
  -- of bucket `owed`: who owes these units to the company; the other side holds the same row with the other sign
  counterparty_id text collate "C",
  quantity bigint not null check (quantity <> 0),
  effective_on date not null,
  -- The latest effective day among this event and all before it. It never goes back, so that the part of the ledger
  -- effective by a day is a prefix, summed from the blocks, and a few rows recorded late.
  frontier_on date not null check (frontier_on >= effective_on),
  check ((bucket = 'owed') = (counterparty_id is not null)),
  -- serves the sum since a block
  primary key (generation, ledger, position, seq)
);

-- serves the search for the prefix of a day
create index position_contributions_frontier
  on read.position_contributions (generation, ledger, frontier_on, position);

-- serves the rows recorded after the prefix of a day that were effective by it
create index position_contributions_late
  on read.position_contributions (generation, ledger, effective_on, position)
  where effective_on < frontier_on;

alter table read.position_contributions enable row level security, force row level security;

create policy projector on read.position_contributions to waybill_projector using (true) with check (true);

create policy auditor on read.position_contributions for select to waybill_auditor using (true);

-- `= any(array)` keeps the index; no setting, no rows
create policy companies on read.position_contributions for select to waybill_query
  using (company_id = any (string_to_array(current_setting('waybill.companies', true), ',')));

grant select, insert, delete on read.position_contributions to waybill_projector;
grant select on read.position_contributions to waybill_query, waybill_auditor;
