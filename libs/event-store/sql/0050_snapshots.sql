-- What a writer has in memory of a ledger, kept now and then so that the next one need not read the ledger from its first
-- event. A cache: it can be emptied at any time, and nothing is lost but the time of one reading.
create table ledger.snapshots (
  ledger text collate "C" not null references ledger.ledgers (ledger),
  -- The release's: another for every change of what events mean or of what the state looks like.
  format text collate "C" not null,
  position bigint not null check (position > 0),
  recorded_at_ms bigint not null,
  outline text not null,
  -- SHA-256 of the parts, in their order
  parts bytea[] not null,
  -- SHA-256 of the columns above
  digest bytea not null check (octet_length(digest) = 32),
  -- The history that it was taken of: the store's life, and the body of the event at the position.
  incarnation uuid not null,
  head_sha256 bytea not null check (octet_length(head_sha256) = 32),
  kept_at timestamptz not null default now(),
  primary key (ledger, format)
);

-- Named by their own SHA-256: the next snapshot names most of them again, and adds only what changed.
create table ledger.snapshot_parts (
  ledger text collate "C" not null references ledger.ledgers (ledger),
  digest bytea not null check (octet_length(digest) = 32),
  bytes bytea not null,
  primary key (ledger, digest)
);

-- Packed already.
alter table ledger.snapshot_parts alter column bytes set storage external;

-- Whole states of decisions: no other role reads them.
grant select, insert, delete on ledger.snapshots, ledger.snapshot_parts to waybill_writer;
