-- What waits for somebody: that it came up, for which company, and what became of it. Of a thing wait the units of both tables
-- together, while they are more than none and nothing ended it as a whole.
create table read.waiting_things (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  effective_on date not null,
  kind text collate "C" not null,
  -- ids that say which, joined by /
  thing text collate "C" not null,
  -- whose people it waits for
  company_id text collate "C" not null,
  -- 1 where there is nothing to count
  units bigint not null,
  -- pseudonym of who may not act on it: who asked
  asked_by text,
  about jsonb not null,
  recorded_at_ms bigint not null,
  primary key (generation, ledger, position, seq)
);

-- serves the inbox of a company, of some kinds, oldest first
create index waiting_things_company on read.waiting_things (generation, ledger, company_id, kind, position);

-- serves the policy below
create index waiting_things_thing on read.waiting_things (generation, ledger, kind, thing);

create table read.waiting_changes (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null,
  seq integer not null,
  effective_on date not null,
  kind text collate "C" not null,
  thing text collate "C" not null,
  -- null: of every company that it waits for
  company_id text collate "C",
  -- more or fewer; null: all of it waits no more
  units bigint,
  primary key (generation, ledger, position, seq)
);

-- serves what became of a thing
create index waiting_changes_thing on read.waiting_changes (generation, ledger, kind, thing, position);

alter table read.waiting_things enable row level security, force row level security;
alter table read.waiting_changes enable row level security, force row level security;

create policy projector on read.waiting_things to waybill_projector using (true) with check (true);
create policy projector on read.waiting_changes to waybill_projector using (true) with check (true);

create policy auditor on read.waiting_things for select to waybill_auditor using (true);
create policy auditor on read.waiting_changes for select to waybill_auditor using (true);

create policy companies on read.waiting_things for select to waybill_query
  using (company_id = any (string_to_array(current_setting('waybill.companies', true), ',')));

-- Whom a thing waits for sees what became of it: the policies of read.waiting_things hold within.
create policy companies on read.waiting_changes for select to waybill_query
  using (exists (
    select
    from read.waiting_things
    where waiting_things.generation = waiting_changes.generation
      and waiting_things.ledger = waiting_changes.ledger
      and waiting_things.kind = waiting_changes.kind
      and waiting_things.thing = waiting_changes.thing
  ));

grant select, insert, delete on read.waiting_things, read.waiting_changes to waybill_projector;
grant select on read.waiting_things, read.waiting_changes to waybill_query, waybill_auditor;

-- the things before their changes, whose policy looks into them
call read.keep_rows_apart('waiting_things');
call read.keep_rows_apart('waiting_changes');
