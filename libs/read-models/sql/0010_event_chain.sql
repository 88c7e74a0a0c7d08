-- What a generation says it has read, computed by PostgreSQL itself from the events: projectors compute the same chain in
-- their own process as they go, and equal digests mean that the same events were read, every one, each once, in order.
create function read.chained(
  digest bytea, start bytea, event_position bigint, recorded_at_ms bigint, body bytea
) returns bytea
language sql
immutable
parallel safe
return sha256(coalesce(digest, start) || int8send(event_position) || int8send(recorded_at_ms) || body);

-- `order by position` in the call: the digest after the last event, from `start`, the digest before the first.
create aggregate read.chain (start bytea, event_position bigint, recorded_at_ms bigint, body bytea) (
  sfunc = read.chained,
  stype = bytea
);

revoke execute on function read.chained(bytea, bytea, bigint, bigint, bytea) from public;
revoke execute on function read.chain(bytea, bigint, bigint, bytea) from public;
grant execute on function read.chained(bytea, bytea, bigint, bigint, bytea) to waybill_projector, waybill_auditor;
grant execute on function read.chain(bytea, bigint, bigint, bytea) to waybill_projector, waybill_auditor;
