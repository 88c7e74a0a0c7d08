-- Every read by someone who sees more than one company, written before the answer leaves. Append-only: no application role may change it.
create table access.reads (
  access_position bigint generated always as identity primary key,
  ledger text collate "C" not null,
  actor uuid not null,
  route text collate "C" not null,
  -- The ledger position that the answer stood at; null when the answer names none.
  as_of_position bigint check (as_of_position >= 0),
  read_at timestamptz not null default clock_timestamp()
);

-- The controls report: cross-company reads of one ledger, in order.
create index reads_by_ledger on access.reads (ledger, access_position);

grant insert on access.reads
  to waybill_query, waybill_auditor;
grant select on access.reads
  to waybill_auditor;
