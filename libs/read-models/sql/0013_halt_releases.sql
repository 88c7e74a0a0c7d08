-- Who let a halted projection try again, when and why, and where it stood then. Kept for ever; a row is never changed.
create table read.halt_releases (
  release_id bigint generated always as identity primary key,
  ledger text collate "C" not null,
  generation integer not null,
  -- of the event that had stopped it
  position bigint not null,
  code text collate "C" not null,
  halted_since timestamptz not null,
  -- where the read models stood: they go on after it
  checkpoint_position bigint not null,
  who text not null check (who <> ''),
  why text not null check (why <> ''),
  released_at timestamptz not null default clock_timestamp()
);

-- serves the releases of a ledger, the latest first
create index halt_releases_ledger on read.halt_releases (ledger, release_id desc);

grant select, insert on read.halt_releases to waybill_projector;
grant select on read.halt_releases to waybill_auditor;
