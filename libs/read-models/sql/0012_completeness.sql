-- How far what each generation says it has read was last compared with the ledger. Not in the checkpoint's row, which a
-- projector moves with every batch.
create table read.completeness (
  generation integer not null,
  ledger text collate "C" not null,
  -- positions 1 to this one were read, each once and as they lie in the ledger
  verified_position bigint not null check (verified_position >= 0),
  verified_digest bytea not null check (octet_length(verified_digest) = 32),
  -- null, or the checkpoint's position at which the digests differed
  differs_at bigint check (differs_at > verified_position),
  looked_at timestamptz not null default now(),
  primary key (generation, ledger)
);

grant select, insert, update, delete on read.completeness to waybill_projector;
grant select on read.completeness to waybill_query, waybill_auditor;
