-- A turn at a ledger that several processes write: who has it writes batch after batch while the others wait in line, which
-- is faster than losing races. Nothing rests on it but speed: ledger.append checks the head whoever has the turn.
--
-- The lock is the session's, so that every append of a turn commits by itself. Two ledgers of one hash share their turns,
-- which costs time alone. Who waits for longer than 400 ms goes without; who has the turn and says nothing for 200 ms (a
-- process that was stopped, a network that is gone) loses its connection, and the turn with it.
create function ledger.take_turn(_ledger text, out taken boolean, out waited boolean)
language plpgsql set lock_timeout = '400ms' as $$
begin
  taken := true;
  waited := not pg_try_advisory_lock(7243104, hashtext(_ledger));
  if waited then
    begin
      perform pg_advisory_lock(7243104, hashtext(_ledger));
    exception
      when lock_not_available then
        taken := false;
        return;
    end;
  end if;
  perform set_config('idle_session_timeout', '200ms', false);
end
$$;

revoke execute on function ledger.take_turn from public;
grant execute on function ledger.take_turn to waybill_writer;
