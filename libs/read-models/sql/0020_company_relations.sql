-- To whom each company belongs, so that a statement can say whether its companies are related.
create table read.company_relations (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  effective_on date not null,
  company_id text collate "C" not null,
  parent_id text collate "C",
  controlled_by text,
  primary key (generation, ledger, position, seq)
);

alter table read.company_relations enable row level security, force row level security;

create policy projector on read.company_relations to waybill_projector using (true) with check (true);

create policy auditor on read.company_relations for select to waybill_auditor using (true);

-- How the group hangs together is known to each of its companies; nothing else of another company is in a row.
create policy companies on read.company_relations for select to waybill_query
  using (current_setting('waybill.companies', true) <> '');

grant select, insert, delete on read.company_relations to waybill_projector;
grant select on read.company_relations to waybill_query, waybill_auditor;
