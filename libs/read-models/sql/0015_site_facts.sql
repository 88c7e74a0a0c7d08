-- What was recorded of a site: that it is there, what it can take from which day on, and how much above that is allowed.
create table read.site_facts (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  site_id text collate "C" not null,
  company_id text collate "C" not null,
  fact text collate "C" not null check (fact in ('registered', 'reduced', 'restored', 'overload')),
  -- of `registered`
  kind text collate "C",
  design_units bigint,
  -- of all but `overload`: usable from from_on on
  usable_units bigint,
  from_on date not null,
  -- of `overload`: units above usable, to until_on inclusive
  override_id text collate "C",
  overload_units bigint,
  until_on date,
  effective_on date not null,
  primary key (generation, ledger, position, seq)
);

-- serves the facts of one site
create index site_facts_site on read.site_facts (generation, ledger, site_id, position);

alter table read.site_facts enable row level security, force row level security;

create policy projector on read.site_facts to waybill_projector using (true) with check (true);

create policy auditor on read.site_facts for select to waybill_auditor using (true);

create policy companies on read.site_facts for select to waybill_query
  using (company_id = any (string_to_array(current_setting('waybill.companies', true), ',')));

grant select, insert, delete on read.site_facts to waybill_projector;
grant select on read.site_facts to waybill_query, waybill_auditor;
