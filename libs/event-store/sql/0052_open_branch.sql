-- Opens a branch: a ledger of its own name that goes on from _parent at _fork_position + 1, with the parent's clock and
-- currency. Nothing is copied. Never raises for what can happen:
--   opened            the branch is there now
--   known             this command opened it before; known_request_hash tells whether with the same request
--   exists            another command opened a ledger of this name
--   unknown_parent    there is no such ledger
--   branch_of_branch  the parent is a branch itself: what is asked then is asked of its own parent
--   beyond_head       the parent has no such position yet: head says how far it is
create function ledger.open_branch(
  _branch text, _parent text, _fork_position bigint, _title text,
  _actor text, _command_id text, _request text,
  out outcome text, out known_request_hash bytea, out head bigint
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  _of ledger.ledgers;
begin
  select * into _of from ledger.ledgers where ledger = _parent;
  if not found then
    outcome := 'unknown_parent';
    return;
  end if;
  if _of.parent is not null then
    outcome := 'branch_of_branch';
    return;
  end if;

  -- Events are never taken back, so a position that is there needs no lock.
  select coalesce(max(e.position), 0) into head from ledger.events e where e.ledger = _parent;
  if _fork_position > head then
    outcome := 'beyond_head';
    return;
  end if;

  insert into ledger.ledgers (ledger, clock, currency, title, opened_at_ms, parent, fork_position,
                              opened_by, opened_command_id, opened_request, opened_request_hash)
  values (_branch, _of.clock, _of.currency, _title, ledger.now_ms(), _parent, _fork_position,
          _actor, _command_id, convert_to(_request, 'UTF8'), sha256(convert_to(_request, 'UTF8')))
  on conflict (ledger) do nothing;
  if found then
    outcome := 'opened';
    return;
  end if;
  select 'known', opened_request_hash
    into outcome, known_request_hash
    from ledger.ledgers
   where ledger = _branch
     and opened_by = _actor
     and opened_command_id = _command_id;
  outcome := coalesce(outcome, 'exists');
end
$$;

revoke execute on function ledger.open_branch from public;
grant execute on function ledger.open_branch to waybill_writer;

-- serves the branches of a ledger
create index ledgers_parent on ledger.ledgers (parent) where parent is not null;
