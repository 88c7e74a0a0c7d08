create table ledger.events (
  ledger text collate "C" not null,
  position bigint not null check (position > 0),
  stream text collate "C" not null,
  version bigint not null check (version > 0),
  type text collate "C" not null,
  effective_at date not null,
  recorded_at_ms bigint not null,
  -- RFC 8785 JSON, byte for byte as it was decided: jsonb would reorder keys and turn 1e2 into 100.
  body bytea not null,
  -- serves reading a ledger from a position, its head, and the search for an instant
  primary key (ledger, position),
  -- serves reading a stream; a second fence behind the lock
  unique (ledger, stream, version)
);

grant select on ledger.events
  to waybill_writer, waybill_relay, waybill_projector, waybill_auditor;

-- Enough to answer where a ledger stands, and nothing of what happened in it.
grant select (ledger, position, recorded_at_ms) on ledger.events to waybill_query;
