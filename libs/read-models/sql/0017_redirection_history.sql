-- What became of redirections: approvals, the activation or the end, and units of each leg delivered or gone.
-- A statement's figures are sums of these rows, and they are its lineage.
create table read.redirection_history (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  effective_on date not null,
  redirection_id text collate "C" not null,
  happening text not null
    check (happening in ('approved', 'activated', 'rejected', 'withdrawn', 'delivered', 'gone')),
  -- for which an actor approved or rejected
  company_id text collate "C",
  -- a pseudonym
  actor text,
  leg integer,
  units bigint,
  primary key (generation, ledger, position, seq),
  check ((happening in ('delivered', 'gone')) = (leg is not null and units is not null))
);

-- serves the history of the redirections of a page
create index redirection_history_redirection
  on read.redirection_history (generation, ledger, redirection_id, position);

alter table read.redirection_history enable row level security, force row level security;

create policy projector on read.redirection_history to waybill_projector using (true) with check (true);

create policy auditor on read.redirection_history for select to waybill_auditor using (true);

-- Who sees the redirection sees what became of it: the policies of read.redirections hold within.
create policy companies on read.redirection_history for select to waybill_query
  using (exists (
    select
    from read.redirections
    where redirections.generation = redirection_history.generation
      and redirections.ledger = redirection_history.ledger
      and redirections.redirection_id = redirection_history.redirection_id
  ));

grant select, insert, delete on read.redirection_history to waybill_projector;
grant select on read.redirection_history to waybill_query, waybill_auditor;
