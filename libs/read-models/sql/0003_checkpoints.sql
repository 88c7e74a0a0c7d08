-- How far a generation has read a ledger. Moved by compare-and-set in the transaction that writes the rows, so that
-- duplicates and a projector that was thought dead change nothing, and all reports of a ledger stand at one position.
create table read.checkpoints (
  generation integer not null,
  ledger text collate "C" not null,
  position bigint not null check (position >= 0),
  recorded_at_ms bigint not null,
  -- SHA-256 over the digest before, the position and the body's bytes, event after event: equal digests mean that
  -- the same events were read, every one.
  digest bytea not null check (octet_length(digest) = 32),
  -- the latest effective day of the events read so far
  frontier_on date,
  primary key (generation, ledger)
);

grant select, insert, update on read.checkpoints to waybill_projector;
grant select on read.checkpoints to waybill_query, waybill_auditor;
