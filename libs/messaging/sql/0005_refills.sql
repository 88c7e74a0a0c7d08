-- Who had a ledger published anew, and why: the topic was deleted or damaged, or the ledger's publication was halted.
-- The row is the request, the order to whoever leads, and the record of what was done.
create table relay.refills (
  refill uuid primary key default gen_random_uuid(),
  topic text collate "C" not null,
  ledger text collate "C" not null,
  requested_by text not null check (length(requested_by) between 1 and 200),
  reason text not null check (length(reason) between 1 and 2000),
  requested_at timestamptz not null default clock_timestamp(),
  -- a leader has started the publication again
  begun_at timestamptz,
  -- the ledger's head at that moment: what is appended later is published as always
  up_to bigint check (up_to >= 0),
  finished_at timestamptz,
  check ((begun_at is null) = (up_to is null)),
  check (finished_at is null or begun_at is not null)
);

-- One refill of a ledger at a time; serves the leader's look at what is open.
create unique index refills_open on relay.refills (topic, ledger) where finished_at is null;

grant select on relay.refills to waybill_relay, waybill_auditor;
grant insert (topic, ledger, requested_by, reason) on relay.refills to waybill_relay;
grant update (begun_at, up_to, finished_at) on relay.refills to waybill_relay;
