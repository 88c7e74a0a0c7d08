-- What was said in public about a company's units or spending.
create table read.claims (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  effective_on date not null,
  claim_id text collate "C" not null,
  company_id text collate "C" not null,
  -- null: all SKUs, or money
  sku_id text collate "C",
  metric text not null check (metric in ('accepted', 'energised', 'supplyBy', 'spendCents')),
  low bigint not null,
  high bigint not null,
  stated_on date not null,
  horizon date check (metric <> 'supplyBy' or horizon is not null),
  speaker text not null,
  source text not null,
  quote text not null,
  primary key (generation, ledger, position, seq)
);

-- serves the claims in the order of their ids, page by page
create unique index claims_id on read.claims (generation, ledger, claim_id);

alter table read.claims enable row level security, force row level security;

create policy projector on read.claims to waybill_projector using (true) with check (true);

create policy auditor on read.claims for select to waybill_auditor using (true);

create policy companies on read.claims for select to waybill_query
  using (company_id = any (string_to_array(current_setting('waybill.companies', true), ',')));

grant select, insert, delete on read.claims to waybill_projector;
grant select on read.claims to waybill_query, waybill_auditor;
