-- ledger.append as it was, and for branches: before its first event a branch stands where it forked.
--
-- Appends what a writer decided on the ledger as it stood at _decided_on: all of it or nothing. Outcomes:
--   unknown_ledger
--   missed    another writer was faster (or the ledger is shorter than thought): head, missed, and what is known
--   known     some of the commands were decided before: their answers
--   appended  head and recorded_at_ms after it
-- Requests, answers and bodies lie in _bytes; the rows name them by place (from 1) and length. As strings inside the
-- json they were escaped, parsed and encoded once more: a third of the whole call at 256 commands.
--
-- Positions are gapless and streams serial because of one row lock, taken and given back inside this one statement, so
-- that no client can pause while holding it. It only inserts: a hot row that is updated falls to a tenth beside one old
-- snapshot. Rejections pass the same check of the head: nobody may hear ORDER_UNKNOWN of an order another was just given.
create or replace function ledger.append(
  _ledger text, _decided_on bigint, _commands json, _events json, _bytes bytea,
  out outcome text, out head bigint, out recorded_at_ms bigint, out known json, out missed json
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  _clock text;
  _parent text;
  _fork_position bigint;
  _appended bigint;
begin
  -- Each statement below must see what committed while this one waited for the lock.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'WB002', message = 'ledger.append needs read committed';
  end if;

  select l.clock, l.parent, l.fork_position
    into _clock, _parent, _fork_position
    from ledger.ledgers l
   where l.ledger = _ledger
     for no key update;
  if not found then
    outcome := 'unknown_ledger';
    return;
  end if;

  select e.position, e.recorded_at_ms
    into head, recorded_at_ms
    from ledger.events e
   where e.ledger = _ledger
   order by e.position desc
   limit 1;
  if head is null and _parent is not null then
    head := _fork_position;
    select e.recorded_at_ms
      into recorded_at_ms
      from ledger.events e
     where e.ledger = _parent
       and e.position = _fork_position;
  end if;
  head := coalesce(head, 0);
  recorded_at_ms := coalesce(recorded_at_ms, 0);

  if head <> _decided_on then
    outcome := 'missed';
    missed := ledger.missed_events(_ledger, _decided_on);
    known := ledger.known_commands(_ledger, _commands);
    return;
  end if;

  if _clock = 'system' then
    recorded_at_ms := greatest(recorded_at_ms, ledger.now_ms());
  end if;

  -- Repeats are rare: the key finds them, which is cheaper than asking for each command before (a fifth of the call).
  begin
    insert into ledger.commands (ledger, actor, command_id, request, request_hash, outcome, answer, decided_on, recorded_at_ms)
    select _ledger, c.actor, c."commandId",
           substring(_bytes from c."requestAt" for c."requestLength"),
           sha256(substring(_bytes from c."requestAt" for c."requestLength")),
           c.outcome,
           substring(_bytes from c."answerAt" for c."answerLength"),
           c."decidedOn",
           greatest(append.recorded_at_ms, case when _clock = 'simulated' then c."recordedAtMs" end)
      from json_to_recordset(_commands) as c (
             actor text, "commandId" text, outcome text, "decidedOn" bigint, "recordedAtMs" bigint,
             "requestAt" int, "requestLength" int, "answerAt" int, "answerLength" int);
  exception
    when unique_violation then
      outcome := 'known';
      known := ledger.known_commands(_ledger, _commands);
      return;
  end;

  insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
  select _ledger, append.head + e.place, e.stream, e.version, e.type, e."effectiveAt",
         greatest(append.recorded_at_ms,
                  case when _clock = 'simulated' then max(e."recordedAtMs") over (order by e.place) end),
         substring(_bytes from e."bodyAt" for e."bodyLength")
    from rows from (json_to_recordset(_events) as (
           stream text, version bigint, type text, "effectiveAt" date, "recordedAtMs" bigint, "bodyAt" int, "bodyLength" int))
         with ordinality as e (stream, version, type, "effectiveAt", "recordedAtMs", "bodyAt", "bodyLength", place);
  get diagnostics _appended = row_count;

  outcome := 'appended';
  head := head + _appended;
  if _clock = 'simulated' and _appended > 0 then
    select e.recorded_at_ms into recorded_at_ms from ledger.events e where e.ledger = _ledger and e.position = append.head;
  end if;
end
$$;
