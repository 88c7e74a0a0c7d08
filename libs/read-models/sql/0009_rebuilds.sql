-- Every rebuild of a ledger's read models: who asked for it and why, what it was built from, what it found, when it went
-- live, and who dropped it. A row without `ended_at` is a rebuild under way, or one whose process died.
create table read.rebuilds (
  ledger text collate "C" not null,
  generation integer not null check (generation > 1),
  -- the generation that was live when it began
  beside integer not null,
  source text collate "C" not null check (source in ('ledger', 'kafka')),
  who text not null,
  why text not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  -- where it stood at its end, and the digest of what it had read
  position bigint,
  digest bytea,
  events_from_ledger bigint,
  events_from_topic bigint,
  -- rows in which the live generation was not what a fold gives
  differences bigint,
  switched_at timestamptz,
  dropped_at timestamptz,
  primary key (ledger, generation)
);

grant select, insert, update on read.rebuilds to waybill_projector;
grant select on read.rebuilds to waybill_auditor;

-- a generation that is dropped leaves no checkpoint behind
grant delete on read.checkpoints to waybill_projector;
