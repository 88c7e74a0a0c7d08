-- The first 1,000 events after _after, as a json array in order; null when there are none.
create function ledger.missed_events(_ledger text, _after bigint) returns json
language sql stable as $$
  select json_agg(json_build_object(
           'position', e.position,
           'stream', e.stream,
           'version', e.version,
           'type', e.type,
           'recordedAtMs', e.recorded_at_ms,
           'body', convert_from(e.body, 'UTF8')) order by e.position)
    from ledger.events e
   where e.ledger = _ledger
     and e.position > _after
     and e.position <= _after + 1000
$$;

revoke execute on function ledger.missed_events from public;
