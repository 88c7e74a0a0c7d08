-- Ledgers whose projection stands still before an event that cannot be folded; the other ledgers go on.
create table read.halts (
  generation integer not null,
  ledger text collate "C" not null,
  -- of the event that stops it
  position bigint not null check (position > 0),
  code text collate "C" not null,
  since timestamptz not null default now(),
  primary key (generation, ledger)
);

grant select, insert, update, delete on read.halts to waybill_projector;
grant select on read.halts to waybill_query, waybill_auditor;
