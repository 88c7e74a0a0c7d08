-- A generation is a version of the whole set of read models. A rebuild fills another one beside the live one; changing
-- this row puts it live, for all reports of the ledger at once.
create table read.generations (
  ledger text collate "C" primary key,
  active integer not null check (active > 0)
);

grant select, insert, update on read.generations to waybill_projector;
grant select on read.generations to waybill_query, waybill_auditor;
