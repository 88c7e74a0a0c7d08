-- Gives the turn to the next in line. The connection may be idle again for as long as it likes.
create function ledger.leave_turn(_ledger text) returns void
language plpgsql as $$
begin
  perform pg_advisory_unlock(7243104, hashtext(_ledger));
  reset idle_session_timeout;
end
$$;

revoke execute on function ledger.leave_turn from public;
grant execute on function ledger.leave_turn to waybill_writer;
