-- The ledger knows an actor by a random pseudonym alone; erasing the row erases the name from every event.
create table access.actors (
  subject text collate "C" primary key check (length(subject) between 1 and 255),
  actor uuid not null unique default gen_random_uuid(),
  first_seen_at timestamptz not null default clock_timestamp()
);

grant select, insert on access.actors
  to waybill_writer, waybill_query, waybill_auditor;
