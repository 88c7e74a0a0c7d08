-- Opens a ledger. Never raises for what can happen:
--   opened  the ledger is there now
--   known   this command opened it before; known_request_hash tells whether with the same request
--   exists  another command opened it
create function ledger.open_ledger(
  _ledger text, _clock text, _currency text, _title text,
  _actor text, _command_id text, _request text,
  out outcome text, out known_request_hash bytea
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into ledger.ledgers (ledger, clock, currency, title, opened_at_ms,
                              opened_by, opened_command_id, opened_request, opened_request_hash)
  values (_ledger, _clock, _currency, _title, ledger.now_ms(),
          _actor, _command_id, convert_to(_request, 'UTF8'), sha256(convert_to(_request, 'UTF8')))
  on conflict (ledger) do nothing;
  if found then
    outcome := 'opened';
    return;
  end if;
  select 'known', opened_request_hash
    into outcome, known_request_hash
    from ledger.ledgers
   where ledger = _ledger
     and opened_by = _actor
     and opened_command_id = _command_id;
  outcome := coalesce(outcome, 'exists');
end
$$;

revoke execute on function ledger.open_ledger from public;
grant execute on function ledger.open_ledger to waybill_writer;
