-- Every version of each line of the delivery schedule: the fold of the line's events with positions up to `position`
-- that were effective by `effective_on`. An event recorded late also writes a version for each later day it changes.
-- As of (position, day): the latest `effective_on` not after the day, then the latest position.
create table read.delivery_versions (
  generation integer not null,
  ledger text collate "C" not null,
  line_id text collate "C" not null,
  effective_on date not null,
  position bigint not null,
  -- True for companies that this version no longer names: it hides the versions from when it did, and says nothing.
  withdrawn boolean not null,
  -- the companies that may see the row
  audience text[] collate "C" not null check (cardinality(audience) > 0),
  order_id text collate "C",
  tranche_id text collate "C",
  shipment_id text collate "C",
  ordering_company_id text collate "C",
  company_id text collate "C",
  billed_company_id text collate "C",
  supplier_id text collate "C",
  sku_id text collate "C",
  site_id text collate "C",
  status text collate "C",
  requested_on date,
  first_promised_on date,
  promised_on date,
  expected_on date,
  actual_on date,
  quantity bigint,
  date_changes bigint,
  -- cause → unit-days
  causes jsonb,
  check (withdrawn = (order_id is null))
);

-- serves the newest version of each line, in the order of lines, page by page
create unique index delivery_versions_newest
  on read.delivery_versions (generation, ledger, line_id, effective_on desc, position desc, withdrawn);

-- serves the comparison of a stretch of positions with the ledger
create index delivery_versions_position on read.delivery_versions (generation, ledger, position);

alter table read.delivery_versions enable row level security, force row level security;

create policy projector on read.delivery_versions to waybill_projector using (true) with check (true);

create policy auditor on read.delivery_versions for select to waybill_auditor using (true);

create policy companies on read.delivery_versions for select to waybill_query
  using (audience && string_to_array(current_setting('waybill.companies', true), ','));

grant select, insert, delete on read.delivery_versions to waybill_projector;
grant select on read.delivery_versions to waybill_query, waybill_auditor;
