-- Every redirection as it was proposed; what became of it is in read.redirection_history.
create table read.redirections (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  effective_on date not null,
  redirection_id text collate "C" not null,
  reason text not null,
  -- a pseudonym
  proposed_by text not null,
  -- the companies that must approve
  parties text[] collate "C" not null,
  -- the companies of its legs: they may see it
  audience text[] collate "C" not null check (cardinality(audience) > 0),
  -- leg n at index n - 1, as proposed
  legs jsonb not null,
  primary key (generation, ledger, position, seq)
);

-- serves the statements in the order of their ids, page by page, and who may see a redirection's history
create unique index redirections_id on read.redirections (generation, ledger, redirection_id);

alter table read.redirections enable row level security, force row level security;

create policy projector on read.redirections to waybill_projector using (true) with check (true);

create policy auditor on read.redirections for select to waybill_auditor using (true);

create policy companies on read.redirections for select to waybill_query
  using (audience && string_to_array(current_setting('waybill.companies', true), ','));

grant select, insert, delete on read.redirections to waybill_projector;
grant select on read.redirections to waybill_query, waybill_auditor;
