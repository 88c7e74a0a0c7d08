-- ledger.position_at as it was, and for branches: up to the fork it looks at the parent.
--
-- The last position recorded at or before an instant; null when there is no such ledger. Found by halving, as recordedAt never goes
-- back and positions have no gaps: so no index has to be kept for it.
--
-- An append that has read its clock may not have committed yet, and would then be missing from an answer that later
-- readers get otherwise. The share lock conflicts with the append's row lock: once it is held, everything recorded
-- before is visible, and what comes after reads its clock later. Needed only when the instant is not before the newest
-- event, and recent; a simulated clock stands still, so there every such instant counts as recent.
create or replace function ledger.position_at(_ledger text, _instant_ms bigint) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp set lock_timeout = '2s' as $$
declare
  _clock text;
  _parent text;
  _fork_position bigint;
  _low bigint := 0;
  _high bigint;
  _middle bigint;
  _at bigint;
begin
  select l.clock, coalesce(l.parent, l.ledger), coalesce(l.fork_position, 0)
    into _clock, _parent, _fork_position
    from ledger.ledgers l
   where l.ledger = _ledger;
  if not found then
    return null;
  end if;

  select e.recorded_at_ms into _at from ledger.events e where e.ledger = _ledger order by e.position desc limit 1;
  if not found then
    select e.recorded_at_ms into _at from ledger.events e where e.ledger = _parent and e.position = _fork_position;
  end if;
  if _instant_ms >= coalesce(_at, 0) and (_clock = 'simulated' or _instant_ms > ledger.now_ms() - 60000) then
    -- Within the millisecond that is running, an append may still be recorded at this very instant.
    if _clock = 'system' and _instant_ms - ledger.now_ms() between 0 and 20 then
      perform pg_sleep((_instant_ms - ledger.now_ms() + 1) / 1000.0);
    end if;
    perform from ledger.ledgers l where l.ledger = _ledger for share;
  end if;

  select coalesce(max(e.position), _fork_position) into _high from ledger.events e where e.ledger = _ledger;
  while _low < _high loop
    _middle := (_low + _high + 1) / 2;
    select e.recorded_at_ms
      into _at
      from ledger.events e
     where e.ledger = case when _middle <= _fork_position then _parent else _ledger end
       and e.position = _middle;
    if _at <= _instant_ms then
      _low := _middle;
    else
      _high := _middle - 1;
    end if;
  end loop;
  return _low;
end
$$;
